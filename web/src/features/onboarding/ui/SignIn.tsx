import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Desk } from '../../../ui/Desk.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useSession } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { useFacts } from './useFacts.ts';

export function SignIn({ hasEnded = false }: { hasEnded?: boolean | undefined }) {
    const { t } = useLingui();
    const session = useSession();
    const facts = useFacts();
    const [user, setUser] = useState('');
    const [password, setPassword] = useState('');
    const [empty, setEmpty] = useState(false);
    const { run, busy, trouble } = useAct(() => session.signIn(user, password));
    const submit = (event: FormEvent) => {
        event.preventDefault();
        const lacks = user.trim() === '' || password === '';
        setEmpty(lacks);
        if (!lacks) {
            void run();
        }
    };
    return (
        <Desk title={t`Sign in`} aside={facts?.brand}>
            <form className="sheet" onSubmit={submit} noValidate>
                <div>
                    <h1>
                        <Trans>Sign in</Trans>
                    </h1>
                    <p className="lead">
                        {facts?.brand ? (
                            <Trans>To the messenger of {facts.brand}.</Trans>
                        ) : (
                            <Trans>To your organisation’s messenger.</Trans>
                        )}
                    </p>
                </div>
                {hasEnded && <Ended />}
                <Field
                    label={t`Address or user name`}
                    value={user}
                    onChange={setUser}
                    autoComplete="username"
                    exact
                    error={empty && user.trim() === '' ? t`Your user name is missing.` : undefined}
                />
                <Field
                    label={t`Password`}
                    value={password}
                    onChange={setPassword}
                    type="password"
                    autoComplete="current-password"
                    error={empty && password === '' ? t`Your password is missing.` : undefined}
                />
                <Fault trouble={trouble} />
                <BusyButton busy={busy} wide>
                    <Trans>Sign in</Trans>
                </BusyButton>
                <div className="note">
                    <Icon name="person" />
                    <div>
                        <b>
                            <Trans>Forgot your password?</Trans>
                        </b>
                        <br />
                        <Trans>
                            Ask your service desk, or whoever invited you. They send you a link with
                            which you set a new one. Your messages stay readable on devices where
                            you are signed in.
                        </Trans>
                    </div>
                </div>
                <div className="note">
                    <Icon name="letter" />
                    <div>
                        <b>
                            <Trans>No account yet?</Trans>
                        </b>
                        <br />
                        <Trans>
                            You get one by an invitation: open the link in it. Whoever installed
                            this server finds the first link where the server was started.
                        </Trans>
                    </div>
                </div>
            </form>
        </Desk>
    );
}

/** What somebody reads whose session the server ended. */
function Ended() {
    return (
        <div className="note" role="status">
            <Icon name="info" />
            <div>
                <Trans>Your session has ended. Sign in again to go on.</Trans>
            </div>
        </div>
    );
}
