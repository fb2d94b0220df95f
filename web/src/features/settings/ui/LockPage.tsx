import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useCallback, useEffect, useState } from 'react';
import { PIN_MIN } from '../../../keep/lock.ts';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { useSession } from '../../../ui/session.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useAct } from '../../../ui/useAct.ts';

/** A number without which nothing is opened on this device. */
export function LockPage() {
    const { t } = useLingui();
    const session = useSession();
    const [locked, setLocked] = useState<boolean>();
    const look = useCallback(() => {
        session.isLockable().then(setLocked, () => setLocked(false));
    }, [session]);
    useEffect(look, [look]);
    const { run, busy, trouble } = useAct(() => session.setPin(undefined));
    const takeAway = async () => {
        if (await run()) {
            notice(t`The lock is taken away.`);
            look();
        }
    };
    if (locked === undefined) {
        return null;
    }
    return (
        <>
            <p>
                <Trans>
                    With a lock, the keys of your messages open on this device only with a number.
                    It locks after ten minutes in which nobody touches it. That keeps off who picks
                    the device up, not who copies its disk and has time.
                </Trans>
            </p>
            {locked ? (
                <>
                    <div className="row wrap">
                        <Button icon="lock" onPress={() => void session.lock()}>
                            <Trans>Lock now</Trans>
                        </Button>
                        <Button isDisabled={busy} onPress={() => void takeAway()}>
                            <Trans>Take the lock away</Trans>
                        </Button>
                    </div>
                    <Fault trouble={trouble} />
                    <Passkey />
                </>
            ) : (
                <PinForm onDone={look} />
            )}
        </>
    );
}

/** A passkey opens the lock beside the number, on devices that have one. */
function Passkey() {
    const { t } = useLingui();
    const session = useSession();
    const [state, setState] = useState<'none' | 'set' | 'unknown'>('unknown');
    const look = useCallback(() => {
        session.passkey().then(setState, () => setState('unknown'));
    }, [session]);
    useEffect(look, [look]);
    const isSet = state === 'set';
    const { run, busy, trouble } = useAct(() => session.setPasskey(!isSet));
    const change = async () => {
        if (await run()) {
            notice(
                isSet ? t`The passkey opens nothing any more.` : t`The passkey opens the lock too.`,
            );
            look();
        }
    };
    if (state === 'unknown') {
        return null;
    }
    return (
        <>
            <p>
                <Trans>
                    A passkey opens the lock with your finger, your face or the code of the device
                    itself. Your number goes on opening it as well.
                </Trans>
            </p>
            <div className="row wrap">
                <Button isDisabled={busy} onPress={() => void change()}>
                    {isSet ? (
                        <Trans>Take the passkey away</Trans>
                    ) : (
                        <Trans>Open with a passkey too</Trans>
                    )}
                </Button>
            </div>
            {trouble?.kind === 'gone' ? (
                <p role="status" className="error-text">
                    <Trans>
                        No passkey was made that can open a lock. Not every device and browser has
                        one.
                    </Trans>
                </p>
            ) : (
                <Fault trouble={trouble} />
            )}
        </>
    );
}

function PinForm({ onDone }: { onDone: () => void }) {
    const { t } = useLingui();
    const session = useSession();
    const [pin, setPin] = useState('');
    const [again, setAgain] = useState('');
    const [tried, setTried] = useState(false);
    const { run, busy, trouble } = useAct(() => session.setPin(pin));
    const short = [...pin].length < PIN_MIN;
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (!short && pin === again && (await run())) {
            notice(t`The lock is set.`);
            onDone();
        }
    };
    return (
        <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
            <Field
                label={t`Number`}
                type="password"
                autoComplete="off"
                hint={t`At least ${PIN_MIN} digits or letters. Not your password.`}
                value={pin}
                onChange={setPin}
                error={tried && short ? t`This is too short.` : undefined}
            />
            <Field
                label={t`The same once more`}
                type="password"
                autoComplete="off"
                value={again}
                onChange={setAgain}
                error={tried && !short && pin !== again ? t`The two differ.` : undefined}
            />
            <Fault trouble={trouble} />
            <div className="row">
                <BusyButton busy={busy}>
                    <Trans>Set the lock</Trans>
                </BusyButton>
            </div>
        </form>
    );
}
