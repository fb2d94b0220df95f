import { useEffect, useState } from 'react';
import type { Found } from '../model/messageIndex.ts';
import type { Searcher } from '../model/searcher.ts';
import { useSearchState } from './useSearcher.ts';

const WAIT_MS = 120;
const STEP = 30;
const NOTHING: Found = { messages: [], total: 0 };

export interface FoundNow {
    readonly found: Found;
    /** The words that this is the answer to; others are under way. */
    readonly of: string;
    more(): void;
}

/** What is found for these words, once one stops typing; an older answer never wins. */
export function useFound(searcher: Searcher, words: string, chatId?: string): FoundNow {
    const [answer, setAnswer] = useState({ found: NOTHING, of: '' });
    const [limit, setLimit] = useState(STEP);
    const wanted = words.trim();
    const { size } = useSearchState(searcher);
    // biome-ignore lint/correctness/useExhaustiveDependencies: what came to the index counts too.
    useEffect(() => {
        if (wanted === '') {
            setAnswer({ found: NOTHING, of: '' });
            return;
        }
        let gone = false;
        const timer = setTimeout(() => {
            searcher.find({ words: wanted, chatId, limit }).then(
                (found) => {
                    if (!gone) setAnswer({ found, of: wanted });
                },
                () => {
                    if (!gone) setAnswer({ found: NOTHING, of: wanted });
                },
            );
        }, WAIT_MS);
        return () => {
            gone = true;
            clearTimeout(timer);
        };
    }, [searcher, wanted, chatId, limit, size]);
    return { ...answer, more: () => setLimit((now) => now + STEP) };
}
