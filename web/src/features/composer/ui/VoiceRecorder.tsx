import { useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { ChatView } from '../../../matrix/index.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { notice } from '../../../ui/toasts.ts';
import { duration, Wave } from '../../timeline/index.ts';
import { answer, deskOf } from '../model/desk.ts';
import { Recorder } from '../model/recorder.ts';

const BARS = 40;
const SHORTEST_MS = 700;

interface VoiceRecorderProps {
    view: ChatView;
    onDone: () => void;
}

/** Takes the place of the text while one speaks. Leaving it throws the recording away. */
export function VoiceRecorder({ view, onDone }: VoiceRecorderProps) {
    const { t } = useLingui();
    const recorder = useRef<Recorder>(undefined);
    const [heights, setHeights] = useState<readonly number[]>([]);
    const done = useRef(onDone);
    const refused = t`The microphone can’t be used. Allow it in the settings of the browser for this page.`;
    // biome-ignore lint/correctness/useExhaustiveDependencies: it begins once.
    useEffect(() => {
        let gone = false;
        Recorder.begin((level) => setHeights([...level.slice(-BARS)])).then(
            (begun) => {
                if (gone) begun.discard();
                else recorder.current = begun;
            },
            () => {
                notice(refused);
                done.current();
            },
        );
        return () => {
            gone = true;
            recorder.current?.discard();
            recorder.current = undefined;
        };
    }, []);
    const send = async () => {
        const running = recorder.current;
        recorder.current = undefined;
        if (!running) return;
        if (running.durationMs < SHORTEST_MS) running.discard();
        else {
            const { blob, durationMs, waveform } = await running.finish();
            const ending = { 'audio/ogg': 'ogg', 'audio/mp4': 'm4a' }[blob.type] ?? 'webm';
            const replyTo = deskOf(view.id).reply?.id;
            const name = `voice-note.${ending}`;
            view.sendFile({ file: blob, name, kind: 'voice', durationMs, waveform, replyTo });
            answer(view.id, undefined);
        }
        onDone();
    };
    const padded = [...new Array<number>(Math.max(0, BARS - heights.length)).fill(0), ...heights];
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: Esc leaves from any of its buttons.
        <div
            className="composer recording"
            onKeyDown={(event) => {
                if (event.key === 'Escape') onDone();
            }}
        >
            <IconButton icon="trash" label={t`Throw the recording away`} onPress={onDone} />
            <div className="box">
                <span className="rec-dot" aria-hidden="true" />
                <span className="num" role="timer" aria-label={t`Recording`}>
                    {duration(recorder.current?.durationMs ?? 0)}
                </span>
                <Wave heights={padded} part={1} />
            </div>
            <IconButton
                solid
                autoFocus
                icon="send"
                label={t`Send the voice note`}
                onPress={() => void send()}
            />
        </div>
    );
}
