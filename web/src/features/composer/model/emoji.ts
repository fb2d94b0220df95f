/** Emoji with their names in the reader's language, fetched when the picker is opened first. */

export interface Emoji {
    readonly sign: string;
    readonly label: string;
    readonly group: number;
    readonly words: string;
    readonly skins: readonly string[];
}

/** Groups of Unicode, without "components". */
export const GROUPS = [0, 1, 3, 4, 5, 6, 7, 8, 9] as const;

interface Raw {
    readonly unicode: string;
    readonly label: string;
    readonly group?: number;
    readonly order?: number;
    readonly tags?: readonly string[];
    readonly skins?: readonly { readonly unicode: string }[];
}

const catalogues: Record<string, () => Promise<{ default: unknown }>> = {
    en: () => import('emojibase-data/en/compact.json'),
    nl: () => import('emojibase-data/nl/compact.json'),
    fr: () => import('emojibase-data/fr/compact.json'),
    de: () => import('emojibase-data/de/compact.json'),
};

const loaded = new Map<string, Promise<readonly Emoji[]>>();

export function emojiIn(language: string): Promise<readonly Emoji[]> {
    const known = catalogues[language] ? language : 'en';
    let found = loaded.get(known);
    if (!found) {
        found = (catalogues[known] ?? catalogues.en)?.().then((module) =>
            read(module.default as Raw[]),
        );
        if (!found) throw new Error('no emoji');
        loaded.set(known, found);
        found.catch(() => loaded.delete(known));
    }
    return found;
}

export function read(raw: readonly Raw[]): readonly Emoji[] {
    return raw
        .filter((each) => each.group !== undefined && each.group !== 2)
        .sort((a, b) => (a.order ?? 0) - (b.order ?? 0))
        .map((each) => ({
            sign: each.unicode,
            label: each.label,
            group: each.group ?? 0,
            words: folded([each.label, ...(each.tags ?? [])].join(' ')),
            skins: (each.skins ?? []).slice(0, 5).map((skin) => skin.unicode),
        }));
}

function folded(text: string): string {
    return text
        .normalize('NFKD')
        .replace(/\p{M}+/gu, '')
        .toLocaleLowerCase();
}

/** Every word typed must begin a word of the emoji; the best fit of the name comes first. */
export function search(all: readonly Emoji[], query: string, max: number): readonly Emoji[] {
    const wanted = folded(query.trim()).split(/\s+/u);
    const fits = all.filter((each) =>
        wanted.every((word) => ` ${each.words}`.includes(` ${word}`) || each.sign === word),
    );
    const first = wanted[0] ?? '';
    const early = (each: Emoji) => (folded(each.label).startsWith(first) ? 0 : 1);
    return [...fits].sort((a, b) => early(a) - early(b)).slice(0, max);
}

/** Tone 0 is the yellow one. */
export function toned(emoji: Emoji, tone: number): string {
    return tone === 0 ? emoji.sign : (emoji.skins[tone - 1] ?? emoji.sign);
}

const RECENT_KEY = 'chancery.emoji.recent';
const TONE_KEY = 'chancery.emoji.tone';
const RECENT_MAX = 24;
const USUAL = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

export function recent(): readonly string[] {
    const kept = (localStorage.getItem(RECENT_KEY) ?? '').split(' ').filter(Boolean);
    return [...new Set([...kept, ...USUAL])].slice(0, RECENT_MAX);
}

export function used(sign: string): void {
    const kept = [sign, ...recent().filter((each) => each !== sign)];
    localStorage.setItem(RECENT_KEY, kept.slice(0, RECENT_MAX).join(' '));
}

/** The six that stand ready under a message. */
export function quick(): readonly string[] {
    return USUAL;
}

export function tone(): number {
    return Number(localStorage.getItem(TONE_KEY) ?? 0) || 0;
}

export function setTone(to: number): void {
    localStorage.setItem(TONE_KEY, String(to));
}
