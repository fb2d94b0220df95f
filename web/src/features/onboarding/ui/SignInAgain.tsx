import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Desk } from '../../../ui/Desk.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useSession } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';

/** The server ended the session but keeps the device: the password is all that is asked for. */
export function SignInAgain({ userId }: { userId: string }) {
    const { t } = useLingui();
    const session = useSession();
    const [password, setPassword] = useState('');
    const [empty, setEmpty] = useState(false);
    const { run, busy, trouble } = useAct(() => session.signInAgain(password));
    const submit = (event: FormEvent) => {
        event.preventDefault();
        setEmpty(password === '');
        if (password !== '') void run();
    };
    return (
        <Desk title={t`Sign in again`}>
            <form className="sheet" onSubmit={submit} noValidate>
                <div>
                    <h1>
                        <Trans>Sign in again</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            Your session has ended. Your messages and keys are still on this device;
                            your password opens them again.
                        </Trans>
                    </p>
                </div>
                <div className="note">
                    <Icon name="person" />
                    <bdi>{userId}</bdi>
                </div>
                <input hidden readOnly autoComplete="username" value={userId} />
                <Field
                    label={t`Password`}
                    value={password}
                    onChange={setPassword}
                    type="password"
                    autoComplete="current-password"
                    autoFocus
                    error={
                        empty && password === ''
                            ? t`Your password is missing.`
                            : trouble?.kind === 'wrong-password'
                              ? t`This is not your password.`
                              : undefined
                    }
                />
                {trouble && trouble.kind !== 'wrong-password' ? <Fault trouble={trouble} /> : null}
                <BusyButton busy={busy} wide>
                    <Trans>Sign in</Trans>
                </BusyButton>
                <div>
                    <p className="small muted">
                        <Trans>
                            Is this not you, or do you not know the password? Sign out: all that is
                            kept on this device goes.
                        </Trans>
                    </p>
                    <button
                        type="button"
                        className="btn btn-quiet"
                        onClick={() => void session.signOut()}
                    >
                        <Trans>Sign out of this device</Trans>
                    </button>
                </div>
            </form>
        </Desk>
    );
}
