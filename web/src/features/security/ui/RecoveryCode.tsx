import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Desk } from '../../../ui/Desk.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useHome } from '../../../ui/session.tsx';

/** The code, once: print, copy, keep, or later. */
export function RecoveryCode({ code }: { code: readonly string[] }) {
    const { t } = useLingui();
    const { security } = useHome();
    const [copied, setCopied] = useState(false);
    const copy = async () => {
        await navigator.clipboard.writeText(code.join(' '));
        setCopied(true);
    };
    return (
        <Desk title={t`Your recovery code`}>
            <div className="sheet">
                <div>
                    <h1>
                        <Trans>One code, for one bad day</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            If you lose all your devices at once, this code brings your messages
                            back. Print it or write it down, and keep it where you keep your
                            passport.
                        </Trans>
                    </p>
                </div>
                <div className="code" role="img" aria-label={t`Recovery code: ${code.join(', ')}`}>
                    {code.map((group, i) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: the groups never move.
                        <span key={i} aria-hidden="true">
                            {group}
                        </span>
                    ))}
                </div>
                <div className="row wrap">
                    <button className="btn" type="button" onClick={() => window.print()}>
                        <Icon name="print" />
                        <Trans>Print</Trans>
                    </button>
                    <button className="btn" type="button" onClick={() => void copy()}>
                        <Icon name={copied ? 'check' : 'copy'} />
                        <span aria-live="polite">{copied ? t`Copied` : t`Copy`}</span>
                    </button>
                </div>
                <div className="note">
                    <Icon name="info" />
                    <div>
                        <Trans>
                            Without it, another device of yours still works. If that is gone too,
                            older messages stay locked. We do not store this code.
                        </Trans>
                    </div>
                </div>
                <div className="row wrap end">
                    <button
                        className="btn btn-quiet"
                        type="button"
                        onClick={() => security.laterCode()}
                    >
                        <Trans>Later</Trans>
                    </button>
                    <button
                        className="btn btn-main"
                        type="button"
                        onClick={() => security.keptCode()}
                    >
                        <Trans>I have kept it</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}
