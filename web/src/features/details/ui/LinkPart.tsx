import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ChatDetails } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { copyText } from '../../../ui/copyText.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Part } from '../../../ui/Panel.tsx';
import { QrCode } from '../../../ui/QrCode.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';
import { linkInto } from '../model/invitationLink.ts';

interface LinkPartProps {
    details: ChatDetails;
    chatId: string;
    me: string;
}

/** A link, also as a picture to scan, by which people ask to be let in. */
export function LinkPart({ details, chatId, me }: LinkPartProps) {
    const { t } = useLingui();
    const { access, can, servers } = useView(details);
    const [shown, setShown] = useState(false);
    const { run, busy, trouble } = useAct(() => details.setAccess('asking'));
    const works = access === 'asking' || access === 'anyone';
    if (!works && !can.access) {
        return null;
    }
    const home = me.slice(me.indexOf(':') + 1);
    const link = linkInto(location.origin, chatId, [home, ...servers]);
    const copy = async () => {
        notice((await copyText(link)) ? t`Copied.` : t`The browser did not allow to copy.`);
    };
    return (
        <Part icon={<Icon name="letter" />} title={t`Link into this group`}>
            {works ? (
                <>
                    <p>
                        {access === 'asking' ? (
                            <Trans>
                                Who has the link may ask to be let in. It shows nothing of what is
                                written.
                            </Trans>
                        ) : (
                            <Trans>Who has the link may join.</Trans>
                        )}
                    </p>
                    <div className="row wrap">
                        <Button small icon="copy" onPress={() => void copy()}>
                            <Trans>Copy the link</Trans>
                        </Button>
                        <Button small icon="eye" onPress={() => setShown(true)}>
                            <Trans>Show as a picture to scan</Trans>
                        </Button>
                    </div>
                </>
            ) : (
                <>
                    <p>
                        <Trans>
                            With a link, people may ask to be let in; you decide on each one.
                        </Trans>
                    </p>
                    <div className="row">
                        <Button small isDisabled={busy} onPress={() => void run()}>
                            <Trans>Allow asking by link</Trans>
                        </Button>
                    </div>
                    <Fault trouble={trouble} />
                </>
            )}
            {shown ? (
                <Dialog title={t`Scan to ask`} narrow onClose={() => setShown(false)}>
                    <QrCode text={link} label={t`The link as a picture to scan`} />
                    <p className="small exact">{link}</p>
                </Dialog>
            ) : null}
        </Part>
    );
}
