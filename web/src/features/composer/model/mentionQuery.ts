/** Which name is being typed after an "@", and who fits it best. */

export interface Query {
    /** Where the "@" stands. */
    from: number;
    text: string;
}

export interface Candidate {
    userId: string;
    name: string;
}

const QUERY = /(?:^|[\s([{"'«„“])@([^\s@]{0,40}(?: [^\s@]{0,40})?)$/u;

/** The query at the caret, or undefined when no "@" is being written. */
export function queryAt(text: string, caret: number): Query | undefined {
    const before = text.slice(Math.max(0, caret - 100), caret);
    const found = QUERY.exec(before);
    if (!found) return undefined;
    const typed = found[1] ?? '';
    return { from: caret - typed.length - 1, text: typed };
}

export function fold(text: string): string {
    return text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLocaleLowerCase();
}

/** Names that begin so come first, then names with a later word that does, then the rest. */
export function matching<T extends Candidate>(
    people: readonly T[],
    query: string,
    max: number,
): T[] {
    const wanted = fold(query);
    const scored = people
        .map((person) => ({ person, score: score(person, wanted) }))
        .filter((each) => each.score < 4);
    scored.sort((a, b) => a.score - b.score || a.person.name.localeCompare(b.person.name));
    return scored.slice(0, max).map((each) => each.person);
}

function score(person: Candidate, wanted: string): number {
    if (wanted === '') return 0;
    const name = fold(person.name);
    if (name.startsWith(wanted)) return 0;
    if (name.split(/[\s-]+/u).some((word) => word.startsWith(wanted))) return 1;
    if (fold(person.userId.slice(1)).startsWith(wanted)) return 2;
    return name.includes(wanted) ? 3 : 4;
}
