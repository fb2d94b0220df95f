import { useLingui } from '@lingui/react/macro';
import { type PointerEvent, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../../ui/Button.tsx';
import { FITTED, moved, zoomed } from '../model/zoom.ts';

interface PhotoProps {
    url: string;
    alt: string;
    onBroken: () => void;
}

const MOVE = 60;

/** A picture that can be looked at from near: by buttons, keys, the wheel, and by dragging. */
export function Photo({ url, alt, onBroken }: PhotoProps) {
    const { t } = useLingui();
    const frame = useRef<HTMLDivElement>(null);
    const [zoom, setZoom] = useState(FITTED);
    const [held, setHeld] = useState(false);
    const size = () => ({
        width: frame.current?.clientWidth ?? 1,
        height: frame.current?.clientHeight ?? 1,
    });
    const step = (how: 'in' | 'out') => setZoom((now) => zoomed(now, how, size()));
    useWheel(frame, (how, at) => setZoom((now) => zoomed(now, how, size(), at)));
    useKeys((event) => {
        const moves: Record<string, [number, number]> = {
            ArrowLeft: [MOVE, 0],
            ArrowRight: [-MOVE, 0],
            ArrowUp: [0, MOVE],
            ArrowDown: [0, -MOVE],
        };
        const move = moves[event.key];
        if (event.key === '+' || event.key === '=') step('in');
        if (event.key === '-') step('out');
        if (event.key === '0') setZoom(FITTED);
        if (move && zoom.scale > 1) {
            event.stopPropagation(); // Near, arrows move the picture; fitted, they leaf.
            setZoom((now) => moved(now, move[0], move[1], size()));
        }
    });
    const onPointerMove = (event: PointerEvent) => {
        if (held) setZoom((now) => moved(now, event.movementX, event.movementY, size()));
    };
    const { scale, x, y } = zoom;
    return (
        <>
            {/* biome-ignore lint/a11y/noStaticElementInteractions: each has a button beside it. */}
            <div
                ref={frame}
                className={scale > 1 ? 'photo-frame near' : 'photo-frame'}
                onDoubleClick={() => (scale > 1 ? setZoom(FITTED) : step('in'))}
                onPointerDown={(event) => {
                    event.currentTarget.setPointerCapture(event.pointerId);
                    setHeld(scale > 1);
                }}
                onPointerUp={() => setHeld(false)}
                onPointerMove={onPointerMove}
            >
                <img
                    src={url}
                    alt={alt}
                    draggable={false}
                    style={{ transform: `translate(${x}px, ${y}px) scale(${scale})` }}
                    onError={onBroken}
                />
            </div>
            <div className="viewer-zoom">
                <IconButton
                    icon="minus"
                    label={t`Farther`}
                    isDisabled={scale <= 1}
                    onPress={() => step('out')}
                />
                <span className="num small">{Math.round(scale * 100)} %</span>
                <IconButton icon="plus" label={t`Nearer`} onPress={() => step('in')} />
            </div>
        </>
    );
}

/** Keys of the whole window, before anybody else sees them. */
function useKeys(onKey: (event: KeyboardEvent) => void): void {
    const latest = useRef(onKey);
    latest.current = onKey;
    useEffect(() => {
        const listen = (event: KeyboardEvent) => latest.current(event);
        addEventListener('keydown', listen, true);
        return () => removeEventListener('keydown', listen, true);
    }, []);
}

/** React listens passively to the wheel; the page behind must not scroll. */
function useWheel(
    frame: React.RefObject<HTMLElement | null>,
    onWheel: (how: 'in' | 'out', at: { x: number; y: number }) => void,
): void {
    const latest = useRef(onWheel);
    latest.current = onWheel;
    useEffect(() => {
        const element = frame.current;
        const listen = (event: WheelEvent) => {
            event.preventDefault();
            const box = element?.getBoundingClientRect();
            const at = { x: event.clientX - (box?.left ?? 0), y: event.clientY - (box?.top ?? 0) };
            latest.current(event.deltaY < 0 ? 'in' : 'out', at);
        };
        element?.addEventListener('wheel', listen, { passive: false });
        return () => element?.removeEventListener('wheel', listen);
    }, [frame]);
}
