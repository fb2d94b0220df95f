import { useEffect, useSyncExternalStore } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { Searcher } from '../model/searcher.ts';

/** One per session: a home that is gone takes its search with it. */
const searchers = new WeakMap<Home, Searcher>();

export function searcherOf(home: Home): Searcher {
    let searcher = searchers.get(home);
    if (!searcher) {
        const made = new Searcher(home.feed);
        searcher = made;
        searchers.set(home, made);
        home.feed.onStop(() => made.stop());
        let restoring = home.security.snapshot().restoring !== undefined;
        home.security.subscribe(() => {
            const now = home.security.snapshot().restoring !== undefined;
            if (restoring && !now) made.keysCame();
            restoring = now;
        });
    }
    return searcher;
}

export function useSearcher(home: Home): Searcher {
    return searcherOf(home);
}

export function useSearchState(searcher: Searcher) {
    return useSyncExternalStore(searcher.subscribe, searcher.snapshot);
}

const AFTER_MS = 2_000;

/** Begins to read messages into the index, once the chats are shown. Stands once in the frame. */
export function SearchKeeper({ home }: { home: Home }) {
    useEffect(() => {
        const timer = setTimeout(() => searcherOf(home), AFTER_MS);
        return () => clearTimeout(timer);
    }, [home]);
    return null;
}
