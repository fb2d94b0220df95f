import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Desk } from '../../../ui/Desk.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useSession } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { lacking } from '../model/password.ts';
import { NewPassword } from './AccountForm.tsx';
import { useFacts } from './useFacts.ts';

/** A new password, by the link of an administrator. */
export function Reset({ token }: { token: string }) {
    const { t } = useLingui();
    const facts = useFacts();
    const session = useSession();
    const [password, setPassword] = useState('');
    const [tried, setTried] = useState(false);
    const [whose, setWhose] = useState<string>();
    const { run, busy, trouble } = useAct(async () => {
        setWhose(await session.resetPassword(token, password));
    });
    const submit = (event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (lacking(password) === 0) {
            void run();
        }
    };
    if (whose !== undefined) {
        return <Done whose={whose} />;
    }
    return (
        <Desk title={t`Set a new password`} aside={facts?.brand}>
            <form className="sheet" onSubmit={submit} noValidate>
                <div>
                    <h1>
                        <Trans>Set a new password</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>The link works once. Devices where you are signed in stay so.</Trans>
                    </p>
                </div>
                <NewPassword value={password} onChange={setPassword} tried={tried} />
                <Fault trouble={trouble} />
                <BusyButton busy={busy} wide>
                    <Trans>Set the password</Trans>
                </BusyButton>
            </form>
        </Desk>
    );
}

function Done({ whose }: { whose: string }) {
    const { t } = useLingui();
    return (
        <Desk title={t`Your password is set`}>
            <div className="sheet">
                <Icon name="check" size={32} />
                <div>
                    <h1>
                        <Trans>Your password is set</Trans>
                    </h1>
                    <p className="lead" role="status">
                        <Trans>Sign in as {whose}.</Trans>
                    </p>
                </div>
                <a className="btn btn-main" href="#/">
                    <Trans>Sign in</Trans>
                </a>
            </div>
        </Desk>
    );
}
