import { useEffect, useState } from 'react';
import type { Home, Person } from '../../../matrix/index.ts';

const WAIT_MS = 200;

interface Found {
    readonly people: readonly Person[];
    readonly state: 'idle' | 'looking' | 'done' | 'failed';
}

const NOTHING: Found = { people: [], state: 'idle' };

/** People of the directory, asked for when one stops typing; an older answer never wins. */
export function usePeople(home: Home, words: string, limit: number): Found {
    const [found, setFound] = useState(NOTHING);
    const wanted = words.trim();
    useEffect(() => {
        if (wanted === '') {
            setFound(NOTHING);
            return;
        }
        let gone = false;
        setFound((before) => ({ ...before, state: 'looking' }));
        const timer = setTimeout(() => {
            home.findPeople(wanted, limit).then(
                (people) => {
                    if (!gone) setFound({ people, state: 'done' });
                },
                () => {
                    if (!gone) setFound({ people: [], state: 'failed' });
                },
            );
        }, WAIT_MS);
        return () => {
            gone = true;
            clearTimeout(timer);
        };
    }, [home, wanted, limit]);
    return found;
}
