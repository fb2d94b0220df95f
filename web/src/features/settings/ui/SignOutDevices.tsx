import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useId, useState } from 'react';
import type { Device, Home } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { CountOfDevices } from './DevicesPage.tsx';

interface SignOutDevicesProps {
    home: Home;
    devices: readonly Device[];
    onClose: () => void;
    onDone: () => void;
}

/** Names what goes, and asks for the password: nobody at an open screen signs others out. */
export function SignOutDevices({ home, devices, onClose, onDone }: SignOutDevicesProps) {
    const { t } = useLingui();
    const form = useId();
    const [password, setPassword] = useState('');
    const [empty, setEmpty] = useState(false);
    const ids = devices.map((device) => device.id);
    const { run, busy, trouble } = useAct(() => home.personal.removeDevices(ids, password));
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        setEmpty(password === '');
        if (password !== '' && (await run())) {
            onDone();
        }
    };
    return (
        <Dialog
            title={t`Sign out?`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button look="danger" type="submit" form={form} isDisabled={busy}>
                        <CountOfDevices count={devices.length} />
                    </Button>
                </>
            }
        >
            <ul className="stack-2">
                {devices.map((device) => (
                    <li key={device.id}>
                        <b>
                            <bdi>{device.name}</bdi>
                        </b>
                    </li>
                ))}
            </ul>
            <form id={form} className="stack" onSubmit={(event) => void submit(event)} noValidate>
                <Field
                    label={t`Your password`}
                    type="password"
                    autoComplete="current-password"
                    value={password}
                    onChange={setPassword}
                    error={empty && password === '' ? t`Your password is missing.` : undefined}
                />
                {trouble?.kind === 'wrong-password' ? (
                    <p className="error-text" role="alert">
                        <Trans>This is not your password.</Trans>
                    </p>
                ) : (
                    <Fault trouble={trouble} />
                )}
            </form>
        </Dialog>
    );
}
