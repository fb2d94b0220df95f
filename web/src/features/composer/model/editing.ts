/** Changes of a text and its selection, as pure functions; the text field only carries them out. */

export interface Edited {
    readonly text: string;
    readonly from: number;
    readonly to: number;
}

/** Puts a mark round the selection, or takes it away where it stands already. */
export function toggleMark({ text, from, to }: Edited, mark: string): Edited {
    const length = mark.length;
    const inside = text.slice(from, to);
    if (text.slice(from - length, from) === mark && text.slice(to, to + length) === mark) {
        return {
            text: text.slice(0, from - length) + inside + text.slice(to + length),
            from: from - length,
            to: to - length,
        };
    }
    return {
        text: text.slice(0, from) + mark + inside + mark + text.slice(to),
        from: from + length,
        to: to + length,
    };
}

export function insert({ text, from, to }: Edited, piece: string): Edited {
    const at = from + piece.length;
    return { text: text.slice(0, from) + piece + text.slice(to), from: at, to: at };
}
