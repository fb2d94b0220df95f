import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';

/** The code for the day on which all devices are lost. */
export function RecoveryPage({ home }: { home: Home }) {
    const { t } = useLingui();
    const { state } = useView(home.security);
    const [asked, setAsked] = useState(false);
    const { run, busy, trouble } = useAct(() => home.security.renewCode());
    const renew = async () => {
        if (await run()) {
            setAsked(false);
        }
    };
    return (
        <>
            <p>
                <Trans>
                    With the recovery code you open your messages when all your devices are lost. It
                    was shown to you once, and is kept nowhere: neither we nor those who run the
                    server can tell it to you.
                </Trans>
            </p>
            {state === 'ready' ? (
                <>
                    <p>
                        <Trans>
                            Is it lost, or did somebody see it? Make a new one; the old one then
                            opens nothing.
                        </Trans>
                    </p>
                    <div className="row">
                        <Button icon="refresh" onPress={() => setAsked(true)}>
                            <Trans>Make a new code</Trans>
                        </Button>
                    </div>
                </>
            ) : (
                <p className="note warn">
                    <span />
                    <Trans>Confirm this device first. Then you can make a new code here.</Trans>
                </p>
            )}
            {asked ? (
                <Dialog
                    title={t`Make a new recovery code?`}
                    narrow
                    onClose={() => setAsked(false)}
                    footer={
                        <>
                            <Button look="quiet" onPress={() => setAsked(false)}>
                                <Trans>Cancel</Trans>
                            </Button>
                            <Button look="main" isDisabled={busy} onPress={() => void renew()}>
                                <Trans>Make a new code</Trans>
                            </Button>
                        </>
                    }
                >
                    <p>
                        <Trans>
                            Have paper or your password manager at hand: the code is shown once.
                            From then on the old one opens nothing.
                        </Trans>
                    </p>
                    <Fault trouble={trouble} />
                </Dialog>
            ) : null}
        </>
    );
}
