/** How the client looks on this device: theme and size of text. Kept here, not on the server. */
export const THEMES = ['system', 'light', 'dark', 'contrast'] as const;
export type Theme = (typeof THEMES)[number];

export const TEXT_SIZES = [100, 112, 125, 150] as const;
export type TextSize = (typeof TEXT_SIZES)[number];

export interface Look {
    readonly theme: Theme;
    /** In percent of what the browser says. */
    readonly text: TextSize;
}

const KEPT = 'chancery.look';
const DEFAULT: Look = { theme: 'system', text: 100 };

export function readLook(kept: string | null): Look {
    try {
        const { theme, text } = JSON.parse(kept ?? '{}') as Partial<Look>;
        return {
            theme: THEMES.find((one) => one === theme) ?? DEFAULT.theme,
            text: TEXT_SIZES.find((one) => one === text) ?? DEFAULT.text,
        };
    } catch {
        return DEFAULT;
    }
}

/** What stands in `data-theme`; undefined leaves it to the system. */
export function themeName(theme: Theme, isDark: boolean): string | undefined {
    switch (theme) {
        case 'system':
            return undefined;
        case 'contrast':
            return isDark ? 'contrast-dark' : 'contrast';
        default:
            return theme;
    }
}

export function look(): Look {
    return readLook(localStorage.getItem(KEPT));
}

export function setLook(part: Partial<Look>): void {
    localStorage.setItem(KEPT, JSON.stringify({ ...look(), ...part }));
    applyLook();
}

/** Once at the start, and after each change. */
export function applyLook(): void {
    const { theme, text } = look();
    const root = document.documentElement;
    const name = themeName(theme, matchMedia('(prefers-color-scheme: dark)').matches);
    if (name) {
        root.dataset.theme = name;
    } else {
        delete root.dataset.theme;
    }
    root.style.fontSize = text === 100 ? '' : `${text}%`;
}
