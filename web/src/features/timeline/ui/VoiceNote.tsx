import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { Media } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { bars } from '../model/waveform.ts';
import { duration } from '../model/when.ts';
import { useTimelineActs } from './acts.ts';
import { useMedia } from './useMedia.ts';

const SPEEDS = [1, 1.5, 2] as const;
const BARS = 46;

interface VoiceNoteProps {
    media: Media;
    reachable: boolean;
}

/** A voice note: play, see where one is, jump, hear it faster. It is fetched when it is played. */
export function VoiceNote({ media, reachable }: VoiceNoteProps) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    const [wanted, setWanted] = useState(false);
    const [playing, setPlaying] = useState(false);
    const [at, setAt] = useState(0);
    const [speed, setSpeed] = useState(0);
    const audio = useRef<HTMLAudioElement>(null);
    const state = useMedia(acts.media, media, wanted);
    const rate = SPEEDS[speed] ?? 1;
    const total = (media.durationMs ?? 0) / 1000;
    const length = duration(total * 1000);
    useEffect(() => {
        if (audio.current) audio.current.playbackRate = rate;
    }, [rate]);
    const toggle = () => {
        setWanted(true);
        if (playing) audio.current?.pause();
        else void audio.current?.play();
    };
    return (
        <span className="block voice">
            <button
                type="button"
                className="icon-btn solid dense"
                tabIndex={reachable ? 0 : -1}
                aria-label={playing ? t`Pause` : t`Play the voice note, ${length}`}
                onClick={(event) => {
                    event.stopPropagation();
                    toggle();
                }}
            >
                <Icon name={playing ? 'pause' : 'play'} />
            </button>
            <span className="wave-box">
                <Wave
                    heights={bars(media.waveform ?? [], BARS)}
                    part={total > 0 ? at / total : 0}
                />
                <input
                    type="range"
                    className="seek"
                    min={0}
                    max={Math.max(1, total)}
                    step={0.1}
                    value={at}
                    tabIndex={reachable ? 0 : -1}
                    aria-label={t`Place in the voice note`}
                    aria-valuetext={`${duration(at * 1000)} / ${length}`}
                    onChange={(event) => {
                        const to = Number(event.target.value);
                        setAt(to);
                        if (audio.current) audio.current.currentTime = to;
                    }}
                />
            </span>
            <button
                className="speed"
                type="button"
                tabIndex={reachable ? 0 : -1}
                aria-label={t`Speed: ${rate} times`}
                onClick={(event) => {
                    event.stopPropagation();
                    setSpeed((speed + 1) % SPEEDS.length);
                }}
            >
                {rate}×
            </button>
            <span className="small muted voice-time">
                {state.trouble
                    ? t`It can’t be played.`
                    : playing || at > 0
                      ? duration(at * 1000)
                      : length}
            </span>
            {state.open ? (
                // biome-ignore lint/a11y/useMediaCaption: nobody wrote captions for what was just said.
                <audio
                    ref={audio}
                    src={state.open.url}
                    autoPlay
                    onPlay={() => setPlaying(true)}
                    onPause={() => setPlaying(false)}
                    onEnded={() => setAt(0)}
                    onTimeUpdate={(event) => setAt(event.currentTarget.currentTime)}
                    onLoadedData={(event) => {
                        event.currentTarget.playbackRate = rate;
                    }}
                />
            ) : null}
        </span>
    );
}

export function Wave({ heights, part }: { heights: readonly number[]; part: number }) {
    return (
        <svg
            className="wave"
            viewBox={`0 0 ${heights.length * 4} 32`}
            preserveAspectRatio="none"
            aria-hidden="true"
        >
            {heights.map((height, n) => {
                const tall = Math.max(3, height * 28);
                return (
                    <rect
                        // biome-ignore lint/suspicious/noArrayIndexKey: bars have no other name.
                        key={n}
                        className={n / heights.length < part ? 'played' : 'rest'}
                        x={n * 4}
                        y={16 - tall / 2}
                        width="2.5"
                        height={tall}
                        rx="1.2"
                    />
                );
            })}
        </svg>
    );
}
