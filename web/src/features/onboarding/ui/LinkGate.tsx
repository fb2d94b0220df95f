import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { type Trouble, troubleOf } from '../../../matrix/index.ts';
import { Desk } from '../../../ui/Desk.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useSession } from '../../../ui/session.tsx';

type Check = 'asking' | 'good' | 'used' | Trouble;

/** Shows a form only while its link works, so that nobody fills it in vain. */
export function LinkGate({ token, children }: { token: string; children: React.ReactNode }) {
    const session = useSession();
    const [check, setCheck] = useState<Check>('asking');
    const look = useCallback(() => {
        setCheck('asking');
        session
            .tokenIsGood(token)
            .then((good) => setCheck(good ? 'good' : 'used'))
            .catch((fault: unknown) => setCheck(troubleOf(fault)));
    }, [session, token]);
    useEffect(look, [look]);
    if (check === 'good') {
        return children;
    }
    if (check === 'asking') {
        return <Asking />;
    }
    return check === 'used' ? <Used /> : <Away trouble={check} onRetry={look} />;
}

function Asking() {
    const { t } = useLingui();
    return (
        <Desk title={t`Looking at your link`}>
            <p className="waiting" role="status">
                <Trans>Looking at your link</Trans>
            </p>
        </Desk>
    );
}

function Used() {
    const { t } = useLingui();
    return (
        <Desk title={t`This link does not work any more`}>
            <div className="sheet">
                <div>
                    <h1>
                        <Trans>This link does not work any more</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            It was used already, its time is over, or part of it is missing. Whoever
                            sent it can send a new one.
                        </Trans>
                    </p>
                </div>
                <p>
                    <Trans>Did you make an account with it? Then sign in.</Trans>
                </p>
                <a className="btn btn-main" href="#/">
                    <Trans>Sign in</Trans>
                </a>
            </div>
        </Desk>
    );
}

function Away({ trouble, onRetry }: { trouble: Trouble; onRetry: () => void }) {
    const { t } = useLingui();
    return (
        <Desk title={t`Your link could not be checked`}>
            <div className="sheet">
                <Icon name="offline" size={32} />
                <h1>
                    <Trans>Your link could not be checked</Trans>
                </h1>
                <Fault trouble={trouble} />
                <button className="btn btn-main" type="button" onClick={onRetry}>
                    <Icon name="refresh" />
                    <Trans>Try again</Trans>
                </button>
            </div>
        </Desk>
    );
}
