/** Words of a search, and where they stand in a text. */

/** Without case, without accents, each letter one letter, so that places in both texts agree. */
export function folded(text: string): string {
    let out = '';
    for (const char of text) {
        const plain = char.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
        // What becomes longer or nothing (ß stays, ligatures too) keeps its length.
        out += plain.length === char.length ? plain : char.toLowerCase().slice(0, char.length);
    }
    return out;
}

const WORDS_MAX = 12;

export function wordsOf(query: string): readonly string[] {
    return folded(query.normalize('NFC'))
        .split(/[^\p{L}\p{N}\p{M}@._-]+/u)
        .filter(Boolean)
        .slice(0, WORDS_MAX);
}

const IN_A_WORD = /[\p{L}\p{N}\p{M}]/u;

/** Where a word begins with `word`; -1 when none does. Scripts without spaces match anywhere. */
export function beginning(text: string, word: string, from = 0): number {
    let at = text.indexOf(word, from);
    while (at > 0 && IN_A_WORD.test(text[at - 1] ?? '') && !isDense(word)) {
        at = text.indexOf(word, at + 1);
    }
    return at;
}

/** Chinese, Japanese, Thai and their like are written without spaces. */
function isDense(word: string): boolean {
    return /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Thai}\p{sc=Khmer}\p{sc=Lao}]/u.test(word);
}

export function holdsAll(text: string, words: readonly string[]): boolean {
    return words.every((word) => beginning(text, word) >= 0);
}

export interface Piece {
    readonly text: string;
    readonly hit: boolean;
}

const AROUND = 60;
const PIECES_MAX = 24;

/** A line round the first hit, in pieces of which those that were looked for are marked. */
export function excerpt(text: string, words: readonly string[]): readonly Piece[] {
    const flat = text.replace(/\s+/g, ' ');
    const plain = folded(flat);
    const firsts = words.map((word) => beginning(plain, word)).filter((at) => at >= 0);
    const first = firsts.length > 0 ? Math.min(...firsts) : 0;
    const start = first > AROUND ? startOfWord(flat, first - AROUND / 2) : 0;
    const end = Math.min(flat.length, start + AROUND * 4);
    const pieces: Piece[] = [];
    if (start > 0) pieces.push({ text: '… ', hit: false });
    let at = start;
    while (at < end && pieces.length < PIECES_MAX) {
        const hit = nextHit(plain, words, at, end);
        if (!hit) break;
        if (hit.at > at) pieces.push({ text: flat.slice(at, hit.at), hit: false });
        pieces.push({ text: flat.slice(hit.at, hit.at + hit.length), hit: true });
        at = hit.at + hit.length;
    }
    if (at < end) pieces.push({ text: flat.slice(at, end), hit: false });
    if (end < flat.length) pieces.push({ text: ' …', hit: false });
    return pieces;
}

function startOfWord(text: string, near: number): number {
    const space = text.indexOf(' ', near);
    return space >= 0 && space < near + AROUND / 2 ? space + 1 : near;
}

function nextHit(
    plain: string,
    words: readonly string[],
    from: number,
    end: number,
): { at: number; length: number } | undefined {
    let best: { at: number; length: number } | undefined;
    for (const word of words) {
        const at = beginning(plain, word, from);
        if (at < 0 || at >= end) continue;
        if (!best || at < best.at || (at === best.at && word.length > best.length)) {
            best = { at, length: word.length };
        }
    }
    return best;
}
