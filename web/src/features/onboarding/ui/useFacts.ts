import { useEffect, useState } from 'react';
import type { ServerFacts } from '../../../matrix/index.ts';
import { useSession } from '../../../ui/session.tsx';

/** What the server tells of itself; undefined until it is there, and when it is away. */
export function useFacts(): ServerFacts | undefined {
    const session = useSession();
    const [facts, setFacts] = useState<ServerFacts>();
    useEffect(() => {
        let gone = false;
        session
            .facts()
            .then((known) => {
                if (!gone) {
                    setFacts(known);
                }
            })
            .catch(() => undefined); // The page works without; the forms say what is wrong.
        return () => {
            gone = true;
        };
    }, [session]);
    return facts;
}
