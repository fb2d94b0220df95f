import { useCallback, useRef, useState } from 'react';
import { type Trouble, troubleOf } from '../matrix/index.ts';

/** An act that takes a while and may fail: one at a time, with what went wrong. */
export function useAct<A extends unknown[]>(act: (...args: A) => Promise<void>) {
    const [busy, setBusy] = useState(false);
    const [trouble, setTrouble] = useState<Trouble>();
    const running = useRef(false);
    const latest = useRef(act);
    latest.current = act;
    const run = useCallback(async (...args: A): Promise<boolean> => {
        if (running.current) {
            return false;
        }
        running.current = true;
        setBusy(true);
        setTrouble(undefined);
        try {
            await latest.current(...args);
            return true;
        } catch (fault) {
            setTrouble(troubleOf(fault));
            return false;
        } finally {
            running.current = false;
            setBusy(false);
        }
    }, []);
    return { run, busy, trouble };
}
