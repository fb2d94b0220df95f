import { createContext, useContext } from 'react';
import type { Home, Session } from '../matrix/index.ts';

export const SessionContext = createContext<Session | null>(null);
export const HomeContext = createContext<Home | null>(null);

export function useSession(): Session {
    const session = useContext(SessionContext);
    if (!session) {
        throw new Error('outside of a session');
    }
    return session;
}

/** What belongs to the signed-in person; only below `HomeContext`. */
export function useHome(): Home {
    const home = useContext(HomeContext);
    if (!home) {
        throw new Error('nobody is signed in here');
    }
    return home;
}
