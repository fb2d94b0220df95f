import { Trans, useLingui } from '@lingui/react/macro';
import type { Comparison } from '../../../matrix/index.ts';
import { Desk } from '../../../ui/Desk.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useHome } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { pictureName } from '../model/pictureNames.ts';

/** Two devices of one person side by side. */
export function Compare({ comparison }: { comparison: Comparison }) {
    switch (comparison.step) {
        case 'invited':
            return <Invited comparison={comparison} />;
        case 'compare':
            return <Pictures comparison={comparison} />;
        case 'ended':
            return <Ended comparison={comparison} />;
        default:
            return <Waiting comparison={comparison} />;
    }
}

function Invited({ comparison }: { comparison: Comparison }) {
    const { t } = useLingui();
    const { security } = useHome();
    const { run, busy } = useAct(() => security.accept());
    return (
        <Desk title={t`Is this you?`}>
            <div className="sheet">
                <div>
                    <h1>
                        <Trans>Is this you?</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            Someone signed in with your name and password on a new device. If it was
                            you, confirm it, and your messages appear there.
                        </Trans>
                    </p>
                </div>
                <div className="note">
                    <Icon name="mobile" />
                    <b>{comparison.device?.name ?? t`A new device`}</b>
                </div>
                <div className="row wrap end">
                    <button
                        className="btn btn-quiet"
                        type="button"
                        onClick={() => void security.cancel()}
                    >
                        <Trans>It wasn’t me</Trans>
                    </button>
                    <button
                        className="btn btn-main"
                        type="button"
                        aria-busy={busy}
                        onClick={() => void run()}
                    >
                        <Trans>It was me</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}

function Pictures({ comparison }: { comparison: Comparison }) {
    const { t, i18n } = useLingui();
    const { security } = useHome();
    const { run, busy } = useAct(() => security.theyMatch());
    return (
        <Desk title={t`Do both show the same?`}>
            <div className="sheet">
                <div>
                    <h1>
                        <Trans>Do both show the same?</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>Compare these seven pictures with those on your other device.</Trans>
                    </p>
                </div>
                <ul className="emoji">
                    {(comparison.pictures ?? []).map(({ sign, number }, i) => (
                        // biome-ignore lint/suspicious/noArrayIndexKey: one picture may come twice.
                        <li key={i}>
                            <span aria-hidden="true">{sign}</span>
                            {pictureName(i18n.locale, number)}
                        </li>
                    ))}
                </ul>
                <div className="row wrap end">
                    <button className="btn" type="button" onClick={() => security.theyDiffer()}>
                        <Trans>They differ</Trans>
                    </button>
                    <button
                        className="btn btn-main"
                        type="button"
                        aria-busy={busy}
                        onClick={() => void run()}
                    >
                        <Trans>They match</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}

function Waiting({ comparison }: { comparison: Comparison }) {
    const { t } = useLingui();
    const { security } = useHome();
    return (
        <Desk title={t`Confirm this device`}>
            <div className="sheet">
                <Icon name="refresh" size={32} className="spin" />
                <div role="status">
                    <h1>
                        {comparison.step === 'confirming' ? (
                            <Trans>Waiting for the other device</Trans>
                        ) : comparison.asked ? (
                            <Trans>Look at your other device</Trans>
                        ) : (
                            <Trans>One moment</Trans>
                        )}
                    </h1>
                    <p className="lead">
                        <Trans>Chancery has to be open there. It asks whether this is you.</Trans>
                    </p>
                </div>
                <div className="row wrap end">
                    <button className="btn" type="button" onClick={() => void security.cancel()}>
                        <Trans>Stop</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}

function Ended({ comparison }: { comparison: Comparison }) {
    const { t } = useLingui();
    const { security } = useHome();
    return (
        <Desk title={t`The device is not confirmed`}>
            <div className="sheet">
                <Icon name="warn" size={32} />
                <div role="status">
                    <h1>
                        <Trans>The device is not confirmed</Trans>
                    </h1>
                    <p className="lead">
                        <WhyEnded ended={comparison.ended} />
                    </p>
                </div>
                <div className="row wrap end">
                    <button
                        className="btn btn-main"
                        type="button"
                        onClick={() => void security.cancel()}
                    >
                        <Trans>Go on</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}

function WhyEnded({ ended }: { ended: Comparison['ended'] }) {
    switch (ended) {
        case 'differed':
            return (
                <Trans>
                    The pictures differed. Somebody may stand between your devices: sign out the one
                    you do not know, change your password, and tell your service desk.
                </Trans>
            );
        case 'timeout':
            return <Trans>It took too long. You can begin again.</Trans>;
        case 'elsewhere':
            return <Trans>It went on at another device of yours.</Trans>;
        default:
            return <Trans>It was stopped on one of the devices.</Trans>;
    }
}
