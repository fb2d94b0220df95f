import { useEffect } from 'react';
import { useSession } from '../../../ui/session.tsx';

const IDLE_MS = 10 * 60_000;
const LOOK_MS = 15_000;
const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel'] as const;

/** Locks after a while in which nobody touched anything, where there is a lock. */
export function AutoLock() {
    const session = useSession();
    useEffect(() => {
        let last = Date.now();
        const seen = () => {
            last = Date.now();
        };
        for (const sign of SIGNS) addEventListener(sign, seen, { passive: true });
        const timer = setInterval(() => {
            // The clock, not the count of ticks: a sleeping device does not tick.
            if (Date.now() - last > IDLE_MS) void session.lock();
        }, LOOK_MS);
        return () => {
            clearInterval(timer);
            for (const sign of SIGNS) removeEventListener(sign, seen);
        };
    }, [session]);
    return null;
}
