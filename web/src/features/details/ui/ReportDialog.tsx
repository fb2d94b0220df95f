import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useAct } from '../../../ui/useAct.ts';

const REASON_MAX = 1_000;

interface ReportDialogProps {
    onReport: (reason: string) => Promise<void>;
    onClose: () => void;
}

/** Tells those who run the server, in one's own words. */
export function ReportDialog({ onReport, onClose }: ReportDialogProps) {
    const { t } = useLingui();
    const [reason, setReason] = useState('');
    const { run, busy, trouble } = useAct(onReport);
    const report = async () => {
        if (await run(reason.trim())) {
            notice(t`Reported.`);
            onClose();
        }
    };
    return (
        <Dialog
            title={t`Report`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="main"
                        isDisabled={busy || reason.trim() === ''}
                        onPress={() => void report()}
                    >
                        <Trans>Report</Trans>
                    </Button>
                </>
            }
        >
            <p>
                <Trans>
                    Those who run the server are told who reports, whom or what, and these words.
                    They can’t read encrypted messages: say what was written.
                </Trans>
            </p>
            <label className="field">
                <span className="label">{t`What happened?`}</span>
                <textarea
                    className="input"
                    rows={5}
                    maxLength={REASON_MAX}
                    value={reason}
                    onChange={(event) => setReason(event.target.value)}
                />
            </label>
            <Fault trouble={trouble} />
        </Dialog>
    );
}
