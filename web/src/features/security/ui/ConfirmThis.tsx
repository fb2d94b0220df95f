import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useState } from 'react';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Desk } from '../../../ui/Desk.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useHome } from '../../../ui/session.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';

type Way = 'choose' | 'code' | 'anew';

/** A new device: from another one, by the code, or anew where both are lost. */
export function ConfirmThis({ onLater }: { onLater: () => void }) {
    const [way, setWay] = useState<Way>('choose');
    switch (way) {
        case 'choose':
            return <Choose onLater={onLater} onWay={setWay} />;
        case 'code':
            return <ByCode onBack={() => setWay('choose')} />;
        case 'anew':
            return <Anew onBack={() => setWay('choose')} />;
    }
}

function Choose({ onLater, onWay }: { onLater: () => void; onWay: (way: Way) => void }) {
    const { t } = useLingui();
    const { security } = useHome();
    const { canAskDevices } = useView(security);
    const { run, busy, trouble } = useAct(() => security.askOtherDevices());
    return (
        <Desk title={t`Confirm this device`}>
            <div className="sheet">
                <div>
                    <h1>
                        <Trans>Confirm this device</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            Then your earlier messages open here, and others see that it is you.
                        </Trans>
                    </p>
                </div>
                <div className="stack">
                    {canAskDevices ? (
                        <button
                            type="button"
                            className="btn btn-main btn-wide"
                            aria-busy={busy}
                            onClick={() => void run()}
                        >
                            <Icon name="mobile" />
                            <Trans>Confirm from another device</Trans>
                        </button>
                    ) : null}
                    <button
                        type="button"
                        className={canAskDevices ? 'btn btn-wide' : 'btn btn-main btn-wide'}
                        onClick={() => onWay('code')}
                    >
                        <Icon name="key" />
                        <Trans>Use the recovery code</Trans>
                    </button>
                </div>
                <Fault trouble={trouble} />
                <div className="row wrap between">
                    <button type="button" className="btn btn-quiet" onClick={() => onWay('anew')}>
                        <Trans>I have neither</Trans>
                    </button>
                    <button type="button" className="btn btn-quiet" onClick={onLater}>
                        <Trans>Later</Trans>
                    </button>
                </div>
            </div>
        </Desk>
    );
}

function ByCode({ onBack }: { onBack: () => void }) {
    const { t } = useLingui();
    const { security } = useHome();
    const [code, setCode] = useState('');
    const { run, busy, trouble } = useAct(() => security.confirmByCode(code));
    const wrong = trouble?.kind === 'wrong-password';
    const submit = (event: FormEvent) => {
        event.preventDefault();
        void run();
    };
    return (
        <Desk title={t`Use the recovery code`}>
            <form className="sheet" onSubmit={submit} noValidate>
                <h1>
                    <Trans>Use the recovery code</Trans>
                </h1>
                <Field
                    label={t`Recovery code`}
                    hint={t`Twelve groups of letters and digits. Spaces do not matter; capitals do.`}
                    value={code}
                    onChange={setCode}
                    autoComplete="off"
                    exact
                    autoFocus
                    error={wrong ? t`This is not your code. Check each group.` : undefined}
                />
                {wrong ? null : <Fault trouble={trouble} />}
                <div className="row wrap end">
                    <button type="button" className="btn btn-quiet" onClick={onBack}>
                        <Trans>Back</Trans>
                    </button>
                    <BusyButton busy={busy}>
                        <Trans>Confirm this device</Trans>
                    </BusyButton>
                </div>
            </form>
        </Desk>
    );
}

function Anew({ onBack }: { onBack: () => void }) {
    const { t } = useLingui();
    const { security } = useHome();
    const [password, setPassword] = useState('');
    const { run, busy, trouble } = useAct(() => security.beginAnew(password));
    const wrong = trouble?.kind === 'wrong-password';
    const submit = (event: FormEvent) => {
        event.preventDefault();
        void run();
    };
    return (
        <Desk title={t`Begin anew`}>
            <form className="sheet" onSubmit={submit} noValidate>
                <div>
                    <h1>
                        <Trans>Begin anew</Trans>
                    </h1>
                    <p className="lead">
                        <Trans>
                            Your encrypted messages until today stay locked, here and on every
                            device of yours. Chats and people stay; new messages can be read. Your
                            other devices have to be confirmed again.
                        </Trans>
                    </p>
                </div>
                <Field
                    label={t`Your password`}
                    value={password}
                    onChange={setPassword}
                    type="password"
                    autoComplete="current-password"
                    error={wrong ? t`This is not your password.` : undefined}
                />
                {wrong ? null : <Fault trouble={trouble} />}
                <div className="row wrap end">
                    <button type="button" className="btn" onClick={onBack}>
                        <Trans>Back</Trans>
                    </button>
                    <button
                        type="submit"
                        className="btn btn-danger"
                        aria-busy={busy}
                        aria-disabled={busy || undefined}
                    >
                        <Trans>Give up older messages</Trans>
                    </button>
                </div>
            </form>
        </Desk>
    );
}
