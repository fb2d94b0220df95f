import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useId, useState } from 'react';
import type { Device, Home } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { useAct } from '../../../ui/useAct.ts';

interface RenameDialogProps {
    home: Home;
    device: Device;
    onClose: () => void;
    onDone: () => void;
}

export function RenameDialog({ home, device, onClose, onDone }: RenameDialogProps) {
    const { t } = useLingui();
    const form = useId();
    const [name, setName] = useState(device.name);
    const { run, busy, trouble } = useAct(() => home.renameDevice(device.id, name));
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        if (name.trim() !== '' && (await run())) {
            onDone();
        }
    };
    return (
        <Dialog
            title={t`Rename the device`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button look="main" type="submit" form={form} isDisabled={busy}>
                        <Trans>Rename</Trans>
                    </Button>
                </>
            }
        >
            <form id={form} className="stack" onSubmit={(event) => void submit(event)}>
                <Field
                    label={t`Name of the device`}
                    hint={t`Members of your chats can see it.`}
                    value={name}
                    onChange={setName}
                />
                <Fault trouble={trouble} />
            </form>
        </Dialog>
    );
}
