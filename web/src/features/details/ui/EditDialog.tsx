import { Trans } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { useAct } from '../../../ui/useAct.ts';

const LONG_MAX = 2_000;
const SHORT_MAX = 120;

interface EditDialogProps {
    title: string;
    value: string;
    long?: boolean;
    onSave: (text: string) => Promise<void>;
    onClose: () => void;
}

/** Changes one text. A name cannot be empty, a description can. */
export function EditDialog({ title, value, long = false, onSave, onClose }: EditDialogProps) {
    const [text, setText] = useState(value);
    const { run, busy, trouble } = useAct(onSave);
    const save = async () => {
        if (text.trim() === value || (await run(text.trim()))) {
            onClose();
        }
    };
    const field = {
        className: 'input',
        value: text,
        maxLength: long ? LONG_MAX : SHORT_MAX,
        'aria-label': title,
        autoFocus: true,
    };
    return (
        <Dialog
            title={title}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="main"
                        isDisabled={busy || (!long && text.trim() === '')}
                        onPress={() => void save()}
                    >
                        <Trans>Save</Trans>
                    </Button>
                </>
            }
        >
            {long ? (
                <textarea {...field} rows={5} onChange={(event) => setText(event.target.value)} />
            ) : (
                <input {...field} onChange={(event) => setText(event.target.value)} />
            )}
            <Fault trouble={trouble} />
        </Dialog>
    );
}
