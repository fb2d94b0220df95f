import { Trans, useLingui } from '@lingui/react/macro';
import { Suspense, useEffect } from 'react';
import { Onboarding, SignInAgain } from '../features/onboarding/index.ts';
import { AppLock } from '../features/settings/index.ts';
import type { Session, SessionState, Trouble } from '../matrix/index.ts';
import { Desk } from '../ui/Desk.tsx';
import { Fault } from '../ui/Fault.tsx';
import { Icon } from '../ui/Icon.tsx';
import { loadAnew } from '../ui/leaving.ts';
import { SessionContext, useSession } from '../ui/session.tsx';
import { useView } from '../ui/useView.ts';
import { Opened, prepareOpened } from './Opened.tsx';

/** The page, by where the session stands. */
export function App({ session }: { session: Session }) {
    const state = useView(session);
    return (
        <SessionContext value={session}>
            <Page state={state} />
        </SessionContext>
    );
}

function Page({ state }: { state: SessionState }) {
    switch (state.at) {
        case 'starting':
            return null; // A few milliseconds: nothing that would only flicker.
        case 'signed-out':
            return <Onboarding hasEnded={state.hasEnded} />;
        case 'asked-again':
            return <SignInAgain userId={state.userId} />;
        case 'elsewhere':
            return <Elsewhere />;
        case 'locked':
            return (
                <Suspense fallback={null}>
                    <AppLock />
                </Suspense>
            );
        case 'opening':
            return <Opening step={state.step} />;
        case 'open':
            return <Opened home={state.home} />;
        case 'failed':
            return <Failed trouble={state.trouble} />;
    }
}

function Opening({ step }: { step: 'programme' | 'keys' | 'messages' }) {
    const { t } = useLingui();
    useEffect(prepareOpened, []);
    return (
        <Desk title={t`Opening`}>
            <div className="waiting" role="status">
                <Icon name="refresh" size={32} className="spin" />
                <p>
                    {step === 'programme' ? (
                        <Trans>Fetching what is needed</Trans>
                    ) : step === 'keys' ? (
                        <Trans>Opening your keys</Trans>
                    ) : (
                        <Trans>Fetching your messages</Trans>
                    )}
                </p>
            </div>
        </Desk>
    );
}

function Elsewhere() {
    const { t } = useLingui();
    const session = useSession();
    return (
        <Desk title={t`Open in another tab`}>
            <div className="sheet">
                <div>
                    <h1>
                        <Trans>Chancery is open in another tab</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            It runs in one tab at a time, so that your keys stay whole. Nothing you
                            wrote is lost.
                        </Trans>
                    </p>
                </div>
                <button className="btn btn-main" type="button" onClick={() => session.takeOver()}>
                    <Trans>Use it here</Trans>
                </button>
            </div>
        </Desk>
    );
}

function Failed({ trouble }: { trouble: Trouble }) {
    const { t } = useLingui();
    const session = useSession();
    return (
        <Desk title={t`Chancery could not be opened`}>
            <div className="sheet">
                <Icon name="offline" size={32} />
                <div>
                    <h1>
                        <Trans>Chancery could not be opened</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>Your messages and keys are still on this device.</Trans>
                    </p>
                </div>
                <Fault trouble={trouble} />
                <div className="row wrap end">
                    <button
                        className="btn btn-quiet"
                        type="button"
                        onClick={() => void session.signOut()}
                    >
                        <Trans>Sign out of this device</Trans>
                    </button>
                    <button className="btn btn-main" type="button" onClick={() => void loadAnew()}>
                        <Icon name="refresh" />
                        <Trans>Try again</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}
