import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { choose, LANGUAGE_NAMES, LANGUAGES, pickLanguage } from '../../../i18n/languages.ts';
import { Choice } from '../../../ui/Choice.tsx';
import { look, setLook, TEXT_SIZES, THEMES, type Theme } from '../../../ui/look.ts';
import { Group } from './Settings.tsx';

/** Language, colours and size, on this device. */
export function LookPage() {
    const { t, i18n } = useLingui();
    const [now, setNow] = useState(look);
    const change = (part: Parameters<typeof setLook>[0]) => {
        setLook(part);
        setNow(look());
    };
    const themes: Record<Theme, string> = {
        system: t`As on this device`,
        light: t`Light`,
        dark: t`Dark`,
        contrast: t`High contrast`,
    };
    return (
        <>
            <Group title={t`Language`}>
                <Choice
                    label={t`Language`}
                    value={pickLanguage([], i18n.locale)}
                    options={LANGUAGES.map((one) => [one, LANGUAGE_NAMES[one]] as const)}
                    onChange={(language) => void choose(language)}
                />
            </Group>
            <Group title={t`Colours`}>
                <Choice
                    label={t`Colours`}
                    value={now.theme}
                    options={THEMES.map((theme) => [theme, themes[theme]] as const)}
                    onChange={(theme) => change({ theme })}
                />
            </Group>
            <Group title={t`Size of text`}>
                <Choice
                    label={t`Size of text`}
                    value={String(now.text)}
                    options={TEXT_SIZES.map((size) => [String(size), `${size} %`] as const)}
                    onChange={(text) =>
                        change({ text: TEXT_SIZES.find((size) => String(size) === text) ?? 100 })
                    }
                />
            </Group>
        </>
    );
}
