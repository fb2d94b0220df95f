import { msg } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import { SearchBox } from '../../../ui/fields.tsx';
import {
    type Emoji,
    emojiIn,
    GROUPS,
    tone as keptTone,
    recent,
    search,
    setTone,
    toned,
    used,
} from '../model/emoji.ts';

const FOUND_MAX = 120;
const TONES = ['✋', '✋🏻', '✋🏼', '✋🏽', '✋🏾', '✋🏿'];
const TITLES = {
    0: msg`Faces`,
    1: msg`People`,
    3: msg`Animals and plants`,
    4: msg`Food and drink`,
    5: msg`Places`,
    6: msg`Activities`,
    7: msg`Things`,
    8: msg`Signs`,
    9: msg`Flags`,
} as const;

interface EmojiPickerProps {
    onPick: (sign: string) => void;
}

/** All emoji, by group or by word. One stop for Tab; the arrows move in it. */
export function EmojiPicker({ onPick }: EmojiPickerProps) {
    const { t, i18n } = useLingui();
    const [all, setAll] = useState<readonly Emoji[]>([]);
    const [query, setQuery] = useState('');
    const [tone, chooseTone] = useState(keptTone);
    const searchBox = useRef<HTMLInputElement>(null);
    useEffect(() => {
        let gone = false;
        void emojiIn(i18n.locale).then((found) => {
            if (!gone) setAll(found);
        });
        searchBox.current?.focus();
        return () => {
            gone = true;
        };
    }, [i18n.locale]);
    const found = useMemo(
        () => (query.trim() ? search(all, query, FOUND_MAX) : undefined),
        [all, query],
    );
    const pick = (sign: string) => {
        used(sign);
        onPick(sign);
    };
    return (
        <div className="emoji-picker">
            <SearchBox
                ref={searchBox}
                label={t`Search emoji`}
                placeholder={t`Search emoji`}
                value={query}
                onChange={setQuery}
                onKeyDown={(event) => {
                    const first = found?.[0];
                    if (event.key === 'Enter' && first) {
                        event.preventDefault();
                        pick(toned(first, tone));
                    }
                }}
            />
            {/* biome-ignore lint/a11y/noStaticElementInteractions: it hears the arrows for its buttons. */}
            <div className="emoji-scroll" onKeyDown={moveInGrid}>
                {found ? (
                    found.length > 0 ? (
                        <Grid title={t`Found`} emoji={found} tone={tone} onPick={pick} />
                    ) : (
                        <p className="muted small">
                            <Trans>No emoji of that name.</Trans>
                        </p>
                    )
                ) : (
                    <>
                        <Plain title={t`Used lately`} signs={recent()} onPick={pick} />
                        {GROUPS.map((group) => (
                            <Grid
                                key={group}
                                title={i18n._(TITLES[group])}
                                emoji={all.filter((each) => each.group === group)}
                                tone={tone}
                                onPick={pick}
                            />
                        ))}
                    </>
                )}
            </div>
            <div className="tones" role="group" aria-label={t`Skin tone`}>
                {TONES.map((sign, n) => (
                    <button
                        key={sign}
                        type="button"
                        className="emoji-btn"
                        aria-pressed={tone === n}
                        aria-label={n === 0 ? t`No tone` : t`Tone ${n} of 5`}
                        onClick={() => {
                            setTone(n);
                            chooseTone(n);
                        }}
                    >
                        {sign}
                    </button>
                ))}
            </div>
        </div>
    );
}

interface GridProps {
    title: string;
    emoji: readonly Emoji[];
    tone: number;
    onPick: (sign: string) => void;
}

function Grid({ title, emoji, tone, onPick }: GridProps) {
    const id = useId();
    return (
        <section className="emoji-group" aria-labelledby={id}>
            <h3 id={id}>{title}</h3>
            <div className="emoji-grid">
                {emoji.map((each) => {
                    const sign = toned(each, tone);
                    return (
                        <button
                            key={each.sign}
                            type="button"
                            className="emoji-btn in"
                            aria-label={each.label}
                            title={each.label}
                            tabIndex={-1}
                            onClick={() => onPick(sign)}
                        >
                            {sign}
                        </button>
                    );
                })}
            </div>
        </section>
    );
}

function Plain({
    title,
    signs,
    onPick,
}: {
    title: string;
    signs: readonly string[];
    onPick: (sign: string) => void;
}) {
    const id = useId();
    return (
        <section className="emoji-group now" aria-labelledby={id}>
            <h3 id={id}>{title}</h3>
            <div className="emoji-grid">
                {signs.map((sign, n) => (
                    <button
                        key={sign}
                        type="button"
                        className="emoji-btn in"
                        tabIndex={n === 0 ? 0 : -1}
                        onClick={() => onPick(sign)}
                    >
                        {sign}
                    </button>
                ))}
            </div>
        </section>
    );
}

/** Left and right by one, up and down by a row, as wide as the rows are just now. */
function moveInGrid(event: KeyboardEvent<HTMLDivElement>): void {
    const buttons = [...event.currentTarget.querySelectorAll<HTMLButtonElement>('.emoji-btn')];
    const at = buttons.indexOf(event.target as HTMLButtonElement);
    if (at < 0) return;
    const top = buttons[at]?.offsetTop;
    const wide = buttons.filter((each) => each.offsetTop === top).length || 1;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: wide, ArrowUp: -wide }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    buttons[Math.min(buttons.length - 1, Math.max(0, at + step))]?.focus();
}
