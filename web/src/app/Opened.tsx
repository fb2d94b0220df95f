import { lazy, Suspense } from 'react';
import { SecurityGate } from '../features/security/index.ts';
import type { Home } from '../matrix/index.ts';
import { HomeContext } from '../ui/session.tsx';

/** Fetched while the session opens, so that who signs in does not wait for it. */
const fetchFrame = () => import('./Frame.tsx').then((it) => ({ default: it.Frame }));
const Frame = lazy(fetchFrame);

/** Begins to fetch what {@link Opened} shows; what fails now is tried again when it is shown. */
export function prepareOpened(): void {
    fetchFrame().catch(() => undefined);
}

/** What a signed-in person sees. */
export function Opened({ home }: { home: Home }) {
    return (
        <HomeContext value={home}>
            <SecurityGate>
                <Suspense fallback={null}>
                    <Frame home={home} />
                </Suspense>
            </SecurityGate>
        </HomeContext>
    );
}
