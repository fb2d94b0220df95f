import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useSession } from '../../../ui/session.tsx';

/** Signs this device out; says before what goes with it. */
export function SignOutButton() {
    const { t } = useLingui();
    const session = useSession();
    const [asked, setAsked] = useState(false);
    return (
        <div className="row">
            <Button icon="door" onPress={() => setAsked(true)}>
                <Trans>Sign out</Trans>
            </Button>
            {asked ? (
                <Dialog
                    title={t`Sign out on this device?`}
                    narrow
                    onClose={() => setAsked(false)}
                    footer={
                        <>
                            <Button look="quiet" onPress={() => setAsked(false)}>
                                <Trans>Stay</Trans>
                            </Button>
                            <Button look="danger" onPress={() => void session.signOut()}>
                                <Trans>Sign out</Trans>
                            </Button>
                        </>
                    }
                >
                    <p>
                        <Trans>
                            All that is kept here goes: messages, keys, drafts, and what waits to be
                            sent. On your other devices nothing changes. If this is your last one,
                            you need the recovery code to read your messages again.
                        </Trans>
                    </p>
                </Dialog>
            ) : null}
        </div>
    );
}
