import { Trans, useLingui } from '@lingui/react/macro';
import { Desk } from '../ui/Desk.tsx';
import { Icon } from '../ui/Icon.tsx';
import type { Missing } from './support.ts';

/** A plain page where the client cannot run, with the way out. */
export function Unsupported({ missing }: { missing: Missing }) {
    const { t } = useLingui();
    return (
        <Desk title={t`This browser can’t open Chancery`}>
            <div className="sheet">
                <Icon name="info" size={32} />
                <div>
                    <h1>
                        <Trans>This browser can’t open Chancery</Trans>
                    </h1>
                    <p className="lead">
                        <Why missing={missing} />
                    </p>
                </div>
                <a className="btn btn-main" href="/">
                    <Icon name="refresh" />
                    <Trans>Try again</Trans>
                </a>
            </div>
        </Desk>
    );
}

function Why({ missing }: { missing: Missing }) {
    switch (missing) {
        case 'secure':
            return (
                <Trans>
                    The address begins with http. Encryption needs one that begins with https; ask
                    your service desk for it.
                </Trans>
            );
        case 'wasm':
            return (
                <Trans>
                    It has switched off WebAssembly, with which messages are encrypted. On an iPhone
                    that is Lockdown Mode: make an exception for this address, or use another
                    browser.
                </Trans>
            );
        case 'storage':
            return (
                <Trans>
                    It does not let this page keep anything on this device, so keys would be lost.
                    Leave private browsing, or allow site data for this address.
                </Trans>
            );
        case 'old':
            return (
                <Trans>
                    It is too old. Chrome and Edge from 119, Firefox from 121 and Safari from 17.4
                    can do it.
                </Trans>
            );
    }
}
