import { type PointerEvent, useRef } from 'react';

const HOLD_MS = 500;
const STILL_PX = 10;
const REPLY_PX = 64;
const PULL_PX_MAX = 84;

interface Touch {
    readonly row: HTMLElement;
    readonly x: number;
    readonly y: number;
    readonly timer: ReturnType<typeof setTimeout>;
    pulled: number;
}

interface TouchActs {
    /** A finger rested on a message. */
    onHold: (key: string) => void;
    /** A message was pulled to the side. */
    onPull: (key: string) => void;
}

/**
 * What a finger does with messages: resting opens the menu, pulling to the side replies. Both stand
 * in the menu too, and have a key.
 */
export function useTouch({ onHold, onPull }: TouchActs) {
    const touch = useRef<Touch>(undefined);
    const end = () => {
        const now = touch.current;
        touch.current = undefined;
        if (!now) return;
        clearTimeout(now.timer);
        now.row.style.transform = '';
        if (now.pulled >= REPLY_PX) onPull(now.row.dataset.message ?? '');
    };
    const cancel = () => {
        if (touch.current) touch.current.pulled = 0;
        end();
    };
    return {
        onPointerDown: (event: PointerEvent) => {
            if (event.pointerType !== 'touch' || touch.current) return;
            const row = (event.target as Element).closest<HTMLElement>('.msg');
            const key = row?.dataset.message;
            if (!row || !key || (event.target as Element).closest('input, audio, video')) return;
            const timer = setTimeout(() => {
                cancel();
                onHold(key);
            }, HOLD_MS);
            touch.current = { row, x: event.clientX, y: event.clientY, timer, pulled: 0 };
        },
        onPointerMove: (event: PointerEvent) => {
            const now = touch.current;
            if (!now || event.pointerType !== 'touch') return;
            const across = event.clientX - now.x;
            const down = Math.abs(event.clientY - now.y);
            if (Math.abs(across) > STILL_PX || down > STILL_PX) clearTimeout(now.timer);
            if (down > STILL_PX * 2 && now.pulled === 0) cancel();
            else if (across > STILL_PX) {
                now.pulled = Math.min(PULL_PX_MAX, across);
                now.row.style.transform = `translateX(${now.pulled}px)`;
            }
        },
        onPointerUp: end,
        onPointerCancel: cancel,
    };
}
