import { Trans } from '@lingui/react/macro';
import { SecurityBanner, SecurityGate } from '../features/security/index.ts';
import type { Home } from '../matrix/index.ts';
import { Mark } from '../ui/Mark.tsx';
import { HomeContext } from '../ui/session.tsx';
import { useView } from '../ui/useView.ts';

/** What a signed-in person sees. */
export function Opened({ home }: { home: Home }) {
    const me = useView(home.me);
    return (
        <HomeContext value={home}>
            <SecurityGate>
                <main className="room">
                    <SecurityBanner />
                    <div className="empty">
                        <Mark size={72} />
                        <h1>
                            <Trans>Welcome, {me.name}</Trans>
                        </h1>
                        <p>
                            <Trans>
                                What you write here is encrypted on this device, before it leaves.
                                Every conversation says who can read it: look for the eye.
                            </Trans>
                        </p>
                    </div>
                </main>
            </SecurityGate>
        </HomeContext>
    );
}
