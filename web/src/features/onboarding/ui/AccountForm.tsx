import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { go } from '../../../ui/route.ts';
import { useSession } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { lacking, PASSWORD_MIN } from '../model/password.ts';
import { suggestUserName } from '../model/userName.ts';

interface AccountFormProps {
    token: string;
    serverName: string | undefined;
    /** What the button says. */
    act: string;
    head?: React.ReactNode;
}

/** Name, user name, password: an account. */
export function AccountForm({ token, serverName, act, head }: AccountFormProps) {
    const { t } = useLingui();
    const session = useSession();
    const [name, setName] = useState('');
    const [user, setUser] = useState<string>();
    const [password, setPassword] = useState('');
    const [tried, setTried] = useState(false);
    const userName = user ?? suggestUserName(name);
    const { run, busy, trouble } = useAct(() =>
        session.register({ token, name, user: userName, password }),
    );
    const submit = (event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (userName !== '' && lacking(password) === 0) {
            // The token has done its work and leaves the address.
            void run().then((joined) => joined && go('#/', { replace: true }));
        }
    };
    const ofName = trouble?.kind === 'name-taken' || trouble?.kind === 'name-invalid';
    return (
        <form className="stack" onSubmit={submit} noValidate>
            {head}
            <Field label={t`Your name`} value={name} onChange={setName} autoComplete="name" />
            <Field
                label={t`User name`}
                hint={t`With it you sign in, and others find you.`}
                value={userName}
                onChange={setUser}
                autoComplete="username"
                exact
                affix={serverName ? `:${serverName}` : undefined}
                error={tried && userName === '' ? t`Choose a user name.` : undefined}
            />
            <NewPassword value={password} onChange={setPassword} tried={tried} />
            <Fault trouble={trouble} />
            {ofName ? null : (
                <p className="small muted">
                    <Trans>
                        Your messages are encrypted on this device, without any step by you.
                    </Trans>
                </p>
            )}
            <BusyButton busy={busy} wide>
                {act}
            </BusyButton>
        </form>
    );
}

interface NewPasswordProps {
    value: string;
    onChange: (value: string) => void;
    /** Whether the form was sent once: only then faults are shown. */
    tried: boolean;
}

export function NewPassword({ value, onChange, tried }: NewPasswordProps) {
    const { t } = useLingui();
    const lacks = lacking(value);
    return (
        <Field
            label={t`Choose a password`}
            hint={t`At least ${PASSWORD_MIN} characters. A short sentence works well.`}
            value={value}
            onChange={onChange}
            type="password"
            autoComplete="new-password"
            error={
                tried && lacks > 0 ? (
                    <Plural value={lacks} one="# character more." other="# characters more." />
                ) : undefined
            }
        />
    );
}
