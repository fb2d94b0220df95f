import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { BusyButton } from '../../ui/Busy.tsx';
import { Desk } from '../../ui/Desk.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { Field } from '../../ui/Field.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useAct } from '../../ui/useAct.ts';
import { type Api, signIn } from '../model/api.ts';

interface SignInProps {
    /** The server has ended the session of before. */
    ended: boolean;
    onApi: (api: Api) => void;
}

/** For administrators and the officers of cases; the session lasts until the tab is closed or left. */
export function SignIn({ ended, onApi }: SignInProps) {
    const { t } = useLingui();
    const [user, setUser] = useState('');
    const [password, setPassword] = useState('');
    const { run, busy, trouble } = useAct(async () => {
        onApi(await signIn(user, password));
    });
    const submit = (event: FormEvent) => {
        event.preventDefault();
        if (user.trim() !== '' && password !== '') {
            void run();
        }
    };
    return (
        <Desk title={t`Console`} aside={t`Console`}>
            <form className="sheet" onSubmit={submit} noValidate>
                <div>
                    <h1>
                        <Trans>Sign in to the console</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>For those who administer this server, or sign for openings.</Trans>
                    </p>
                </div>
                {ended ? (
                    <div className="note" role="status">
                        <Icon name="info" />
                        <div>
                            <Trans>Your session has ended. Sign in again to go on.</Trans>
                        </div>
                    </div>
                ) : null}
                <Field
                    label={t`Address or user name`}
                    value={user}
                    onChange={setUser}
                    autoComplete="username"
                    exact
                />
                <Field
                    label={t`Password`}
                    value={password}
                    onChange={setPassword}
                    type="password"
                    autoComplete="current-password"
                />
                {trouble?.kind === 'refused' ? (
                    <div className="note bad" role="alert">
                        <Icon name="error" />
                        <div>
                            <Trans>This account does not administer this server.</Trans>
                        </div>
                    </div>
                ) : (
                    <Fault trouble={trouble} />
                )}
                <BusyButton busy={busy} wide>
                    <Trans>Sign in</Trans>
                </BusyButton>
                <p className="small muted">
                    <Trans>
                        This lasts until you close the tab or sign out. To write messages, open{' '}
                        <a href="/">the messenger</a>.
                    </Trans>
                </p>
            </form>
        </Desk>
    );
}
