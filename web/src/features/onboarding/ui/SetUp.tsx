import { Trans, useLingui } from '@lingui/react/macro';
import { Desk } from '../../../ui/Desk.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { AccountForm } from './AccountForm.tsx';
import { LinkGate } from './LinkGate.tsx';
import { useFacts } from './useFacts.ts';

/** The first administrator, by the link that the server showed at its first start. */
export function SetUp({ token }: { token: string }) {
    const { t } = useLingui();
    const facts = useFacts();
    return (
        <LinkGate token={token}>
            <Desk title={t`Set up this server`} aside={<Trans>First start</Trans>} wide>
                <div className="sheet split">
                    <div className="aside">
                        <div>
                            <h1>
                                <Trans>Set up this server</Trans>
                            </h1>
                            <p className="lead">
                                <Trans>One minute: make the first account.</Trans>
                            </p>
                        </div>
                        <ol className="steps">
                            <Step n={1} current title={t`Your account`}>
                                <Trans>The first administrator</Trans>
                            </Step>
                            <Step n={2} title={t`Ready`}>
                                <Trans>Invite people, or start with a chat</Trans>
                            </Step>
                        </ol>
                        <div className="note">
                            <Icon name="lock" />
                            <div>
                                <Trans>
                                    This page is open to whoever holds the link you used. It works
                                    once.
                                </Trans>
                            </div>
                        </div>
                    </div>
                    <AccountForm
                        token={token}
                        serverName={facts?.serverName}
                        act={t`Set up`}
                        head={
                            <h2>
                                <Trans>Your account</Trans>
                            </h2>
                        }
                    />
                </div>
            </Desk>
        </LinkGate>
    );
}

interface StepProps {
    n: number;
    title: string;
    current?: boolean;
    children: React.ReactNode;
}

function Step({ n, title, current = false, children }: StepProps) {
    return (
        <li aria-current={current ? 'step' : undefined}>
            <span className="n" aria-hidden="true">
                {n}
            </span>
            <div>
                <b>{title}</b>
                {children}
            </div>
        </li>
    );
}
