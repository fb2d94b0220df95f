import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Dialog } from '../../../ui/Dialog.tsx';
import { singleKeysOn } from '../../../ui/singleKeys.ts';
import { KeyList } from './KeyList.tsx';

/** The list of keys, under `?`. Stands once in the frame. */
export function ShortcutHelp() {
    const { t } = useLingui();
    const [open, setOpen] = useState(false);
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            if (event.key === '?' && singleKeysOn() && !isWriting(event.target)) {
                event.preventDefault();
                setOpen(true);
            }
        };
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, []);
    return open ? (
        <Dialog title={t`Keyboard`} onClose={() => setOpen(false)}>
            <KeyList />
        </Dialog>
    ) : null;
}

function isWriting(target: EventTarget | null): boolean {
    return (
        target instanceof HTMLElement &&
        (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
    );
}
