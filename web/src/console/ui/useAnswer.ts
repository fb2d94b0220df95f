import { useCallback, useEffect, useState } from 'react';
import { type Trouble, troubleOf } from '../../matrix/index.ts';

export interface Answered<T> {
    readonly answer?: T | undefined;
    readonly trouble?: Trouble | undefined;
    /** Asks again; what was answered stays until then. */
    look(): void;
}

/** Asks the server when it is shown, and again when `ask` is another; an older answer never wins. */
export function useAnswer<T>(ask: () => Promise<T>): Answered<T> {
    const [state, setState] = useState<{ answer?: T; trouble?: Trouble }>({});
    const [round, setRound] = useState(0);
    // biome-ignore lint/correctness/useExhaustiveDependencies: a new round asks again.
    useEffect(() => {
        let gone = false;
        ask().then(
            (answer) => {
                if (!gone) setState({ answer });
            },
            (fault: unknown) => {
                if (!gone) setState((before) => ({ ...before, trouble: troubleOf(fault) }));
            },
        );
        return () => {
            gone = true;
        };
    }, [ask, round]);
    const look = useCallback(() => setRound((now) => now + 1), []);
    return { ...state, look };
}
