import { useLingui } from '@lingui/react/macro';
import { choose, LANGUAGE_NAMES, LANGUAGES } from '../i18n/languages.ts';

/** The languages, each in its own words. */
export function Languages() {
    const { i18n, t } = useLingui();
    return (
        <span className="languages" role="group" aria-label={t`Language`}>
            {LANGUAGES.map((language) => (
                <button
                    key={language}
                    type="button"
                    className="link"
                    lang={language}
                    aria-pressed={i18n.locale === language}
                    onClick={() => void choose(language)}
                >
                    {LANGUAGE_NAMES[language]}
                </button>
            ))}
        </span>
    );
}
