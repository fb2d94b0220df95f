import { Plural, Trans } from '@lingui/react/macro';
import { useContext } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import { useHome } from '../../../ui/session.tsx';
import { useView } from '../../../ui/useView.ts';
import { LaterContext } from './later.ts';

/** One line above the messages, while this device cannot read all of them. */
export function SecurityBanner() {
    const { security } = useHome();
    const { state, restoring } = useView(security);
    const confirm = useContext(LaterContext);
    if (restoring) {
        return (
            <div className="banner" role="status">
                <Icon name="refresh" className="spin" />
                <div>
                    <p className="title">
                        <Trans>Your earlier messages are being unlocked</Trans>
                    </p>
                    <p>
                        <Plural
                            value={restoring.total}
                            one={`${restoring.done} of # key is here. You can go on meanwhile.`}
                            other={`${restoring.done} of # keys are here. You can go on meanwhile.`}
                        />
                    </p>
                </div>
            </div>
        );
    }
    if (state === 'unconfirmed') {
        return (
            <div className="banner warn" role="status">
                <Icon name="warn" />
                <div>
                    <p className="title">
                        <Trans>This device is not confirmed</Trans>
                    </p>
                    <p>
                        <Trans>
                            Others do not send it their messages, and older ones stay locked.
                        </Trans>
                    </p>
                </div>
                <button type="button" className="btn btn-sm act" onClick={confirm}>
                    <Trans>Confirm this device</Trans>
                </button>
            </div>
        );
    }
    if (state === 'failed') {
        return (
            <div className="banner danger" role="alert">
                <Icon name="error" />
                <div>
                    <p className="title">
                        <Trans>Encryption could not be set up</Trans>
                    </p>
                    <p>
                        <Trans>Reload the page. If it stays so, tell your service desk.</Trans>
                    </p>
                </div>
            </div>
        );
    }
    return null;
}
