import { useEffect, useState } from 'react';
import type { Home, Person } from '../../../matrix/index.ts';

const WAIT_MS = 200;

interface Found {
    readonly people: readonly Person[];
    readonly state: 'idle' | 'looking' | 'done' | 'failed';
}

const NOTHING: Found = { people: [], state: 'idle' };

const ADDRESS = /^@[^\s:]+:[^\s:]+(:\d+)?$/;

/** Somebody whose whole address is typed can be written to, wherever the person is. */
export function byAddress(words: string): readonly Person[] {
    const id = words.trim();
    return ADDRESS.test(id) ? [{ id, name: id, tone: 0 }] : [];
}

function withAddress(people: readonly Person[], words: string): readonly Person[] {
    const named = byAddress(words);
    return people.some((each) => each.id === named[0]?.id) ? people : [...named, ...people];
}

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
                    if (!gone) setFound({ people: withAddress(people, wanted), state: 'done' });
                },
                () => {
                    if (!gone) setFound({ people: byAddress(wanted), state: 'failed' });
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
