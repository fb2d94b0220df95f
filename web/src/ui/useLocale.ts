import { useLingui } from '@lingui/react';
import { localeOf } from '../i18n/languages.ts';

/** The locale for dates and numbers: the language of the page in the reader's own variety. */
export function useLocale(): string {
    const { i18n } = useLingui();
    return localeOf((i18n.locale || 'en') as Parameters<typeof localeOf>[0], navigator.languages);
}
