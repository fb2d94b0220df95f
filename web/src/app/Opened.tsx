import { lazy, Suspense } from 'react';
import { SecurityBanner, SecurityGate } from '../features/security/index.ts';
import type { Home } from '../matrix/index.ts';
import { HomeContext } from '../ui/session.tsx';

/** Fetched while the session opens, so that who signs in does not wait for it. */
const Messenger = lazy(() => import('./Messenger.tsx').then((it) => ({ default: it.Messenger })));

/** What a signed-in person sees. */
export function Opened({ home }: { home: Home }) {
    return (
        <HomeContext value={home}>
            <SecurityGate>
                <Suspense fallback={null}>
                    <Messenger home={home} slots={{ banner: <SecurityBanner /> }} />
                </Suspense>
            </SecurityGate>
        </HomeContext>
    );
}
