import { i18n, type Messages } from '@lingui/core';
import { write } from '../keep/db.ts';

/** The languages in which every sentence is written. */
export const LANGUAGES = ['en', 'nl', 'fr', 'de'] as const;
export type Language = (typeof LANGUAGES)[number];

/** Each in its own words. */
export const LANGUAGE_NAMES: Record<Language, string> = {
    en: 'English',
    nl: 'Nederlands',
    fr: 'Français',
    de: 'Deutsch',
};

const CHOSEN = 'chancery.language';

const catalogues: Record<Language, () => Promise<{ messages: Messages }>> = {
    en: () => import('./compiled/en.ts'),
    nl: () => import('./compiled/nl.ts'),
    fr: () => import('./compiled/fr.ts'),
    de: () => import('./compiled/de.ts'),
};

export function isLanguage(text: string | null | undefined): text is Language {
    return (LANGUAGES as readonly string[]).includes(text ?? '');
}

/** The first of the reader's languages that we have; English where there is none. */
export function pickLanguage(wished: readonly string[], chosen?: string | null): Language {
    if (isLanguage(chosen)) {
        return chosen;
    }
    const short = wished.map((one) => one.toLowerCase().split('-')[0]);
    return short.find(isLanguage) ?? 'en';
}

/** The locale for dates and numbers: the reader's own variety of the language, if there is one. */
export function localeOf(language: Language, wished: readonly string[]): string {
    const usual: Record<Language, string> = { en: 'en-GB', nl: 'nl-NL', fr: 'fr-FR', de: 'de-DE' };
    return wished.find((one) => one.toLowerCase().startsWith(`${language}-`)) ?? usual[language];
}

/** Loads a language and shows everything in it. */
export async function speak(language: Language): Promise<void> {
    const { messages } = await catalogues[language]();
    i18n.loadAndActivate({ locale: language, messages });
    document.documentElement.lang = language;
    // For the notifications of the service worker.
    await write('language', language).catch(() => undefined);
}

/** The language to begin with: as chosen on this device, else as the browser says. */
export function firstLanguage(): Language {
    return pickLanguage(navigator.languages, localStorage.getItem(CHOSEN));
}

export async function choose(language: Language): Promise<void> {
    localStorage.setItem(CHOSEN, language);
    await speak(language);
}
