import type { Tone } from '../matrix/types.ts';

interface AvatarProps {
    name: string;
    tone: Tone;
    /** Groups are square. */
    group?: boolean;
    size?: 'xs' | 's' | 'm' | 'l';
    /** A picture's address, when there is one. */
    src?: string | undefined;
    children?: React.ReactNode;
}

/** Two letters at most: of the first and the last word. */
export function initials(name: string): string {
    const words = name
        .replace(/^[@#!]/, '')
        .split(/[\s._-]+/u)
        .filter((word) => /[\p{L}\p{N}]/u.test(word));
    const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
    return letters
        .map((word) => word?.match(/[\p{L}\p{N}]/u)?.[0] ?? '')
        .join('')
        .toLocaleUpperCase();
}

const TONES = 9;

/** The tone of an id, the same everywhere. */
export function toneOfText(id: string): Tone {
    let hash = 0;
    for (const char of id) {
        hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
    }
    return (hash % TONES) as Tone;
}

/** Decoration: the name stands beside it. */
export function Avatar({ name, tone, group = false, size = 'm', src, children }: AvatarProps) {
    const classes = ['av', `av-${tone}`];
    if (size !== 'm') {
        classes.push(`av-${size}`);
    }
    if (group) {
        classes.push('group');
    }
    return (
        <span className={classes.join(' ')} aria-hidden="true">
            {src ? <img src={src} alt="" loading="lazy" decoding="async" /> : initials(name)}
            {children}
        </span>
    );
}
