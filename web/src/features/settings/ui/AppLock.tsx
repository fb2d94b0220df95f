import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useState } from 'react';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Desk } from '../../../ui/Desk.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { useSession } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';

const FREE_TRIES = 5;
const WAIT_S = 30;

/** Asks for the number of the lock before anything is opened. */
export function AppLock() {
    const { t } = useLingui();
    const session = useSession();
    const [pin, setPin] = useState('');
    const [tries, setTries] = useState(0);
    const [waiting, setWaiting] = useState(false);
    const { run, busy, trouble } = useAct(() => session.unlock(pin));
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        if (waiting || pin === '' || (await run())) {
            return;
        }
        setPin('');
        setTries(tries + 1);
        if (tries + 1 >= FREE_TRIES) {
            setWaiting(true);
            setTimeout(() => setWaiting(false), WAIT_S * 1000);
        }
    };
    return (
        <Desk title={t`Locked`}>
            <form className="sheet" onSubmit={(event) => void submit(event)} noValidate>
                <div>
                    <h1>
                        <Trans>Chancery is locked on this device</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>Type the number that you chose.</Trans>
                    </p>
                </div>
                <Field
                    label={t`Your number`}
                    type="password"
                    autoComplete="off"
                    autoFocus
                    value={pin}
                    onChange={setPin}
                    error={
                        trouble?.kind === 'wrong-password' ? t`This is not the number.` : undefined
                    }
                />
                {trouble && trouble.kind !== 'wrong-password' ? <Fault trouble={trouble} /> : null}
                {waiting ? (
                    <p role="status">
                        <Trans>That was wrong several times. Wait {WAIT_S} seconds.</Trans>
                    </p>
                ) : null}
                <BusyButton busy={busy || waiting} wide>
                    <Trans>Unlock</Trans>
                </BusyButton>
                <ByPasskey />
                <div>
                    <p className="small muted">
                        <Trans>
                            Forgot it? Sign out: all that is kept here goes, and with your password
                            and recovery code, or another device, you come back in.
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

/** Beside the number, where a passkey was set. */
function ByPasskey() {
    const session = useSession();
    const [there, setThere] = useState(false);
    useEffect(() => {
        session.passkey().then(
            (has) => setThere(has === 'set'),
            () => undefined, // The number opens it as well.
        );
    }, [session]);
    const { run, busy, trouble } = useAct(() => session.unlockByPasskey());
    if (!there) {
        return null;
    }
    return (
        <>
            <button
                type="button"
                className="btn btn-wide"
                aria-busy={busy}
                onClick={() => void run()}
            >
                <Trans>Open with your passkey</Trans>
            </button>
            {trouble?.kind === 'wrong-password' ? (
                <p role="status" className="error-text">
                    <Trans>The passkey did not open it. Type your number.</Trans>
                </p>
            ) : (
                <Fault trouble={trouble} />
            )}
        </>
    );
}
