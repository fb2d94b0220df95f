import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { useAct } from '../../ui/useAct.ts';
import type { Link } from '../model/answers.ts';
import type { Api } from '../model/api.ts';
import { LinkBox } from './LinkBox.tsx';

interface InviteDialogProps {
    api: Api;
    onClose: () => void;
}

/** Makes a link by which people make their account. */
export function InviteDialog({ api, onClose }: InviteDialogProps) {
    const { t } = useLingui();
    const [uses, setUses] = useState('1');
    const [days, setDays] = useState('7');
    const [link, setLink] = useState<Link>();
    const { run, busy, trouble } = useAct(async () => {
        setLink(await api.invite(Number(uses), Number(days)));
    });
    return (
        <Dialog
            title={t`Invite`}
            narrow
            onClose={onClose}
            footer={
                link ? (
                    <Button look="main" onPress={onClose}>
                        <Trans>Close</Trans>
                    </Button>
                ) : (
                    <>
                        <Button look="quiet" onPress={onClose}>
                            <Trans>Cancel</Trans>
                        </Button>
                        <Button look="main" isDisabled={busy} onPress={() => void run()}>
                            <Trans>Make the link</Trans>
                        </Button>
                    </>
                )
            }
        >
            {link ? (
                <LinkBox link={link} />
            ) : (
                <>
                    <h3>{t`For how many people`}</h3>
                    <Choice
                        label={t`For how many people`}
                        value={uses}
                        options={[
                            ['1', t`One`],
                            ['10', t`Ten`],
                            ['100', t`A hundred`],
                        ]}
                        onChange={setUses}
                    />
                    <h3>{t`How long it works`}</h3>
                    <Choice
                        label={t`How long it works`}
                        value={days}
                        options={[
                            ['1', t`A day`],
                            ['7', t`A week`],
                            ['30', t`30 days`],
                        ]}
                        onChange={setDays}
                    />
                    <Fault trouble={trouble} />
                </>
            )}
        </Dialog>
    );
}
