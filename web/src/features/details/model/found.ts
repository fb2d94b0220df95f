/** Text as it is compared: without case and without accents. */
export function folded(text: string): string {
    return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
}

/** People whose name or address holds all the words. */
export function found<P extends { readonly id: string; readonly name: string }>(
    people: readonly P[],
    words: string,
): readonly P[] {
    const wanted = folded(words).split(/\s+/).filter(Boolean);
    return people.filter((person) => {
        const text = folded(`${person.name} ${person.id}`);
        return wanted.every((word) => text.includes(word));
    });
}
