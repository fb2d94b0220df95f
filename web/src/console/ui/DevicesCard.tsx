import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { undoable } from '../../ui/toasts.ts';
import { useAct } from '../../ui/useAct.ts';
import { useLocale } from '../../ui/useLocale.ts';
import type { DeviceRow, PersonRow } from '../model/answers.ts';
import type { Api } from '../model/api.ts';
import { useAnswer } from './useAnswer.ts';

/** Where a person is signed in; a lost device is signed out from here. */
export function DevicesCard({ api, person }: { api: Api; person: PersonRow }) {
    const { t } = useLingui();
    const [going, setGoing] = useState<ReadonlySet<string>>(new Set());
    const ask = useCallback(() => api.devices(person.id), [api, person.id]);
    const { answer, trouble, look } = useAnswer(ask);
    const out = useAct((device: string) => api.signOutDevice(person.id, device));
    const mayOthers = !person.admin || person.id === api.me;
    const signOut = ({ id, name }: DeviceRow) => {
        setGoing((now) => new Set([...now, id]));
        undoable({
            text: t`“${name}” is signed out.`,
            undo: () => setGoing((now) => new Set([...now].filter((one) => one !== id))),
            done: () => void out.run(id).then(look),
        });
    };
    const shown = answer?.filter((one) => !going.has(one.id)) ?? [];
    return (
        <section className="card" aria-label={t`Devices`}>
            <header>
                <h2>{t`Devices`}</h2>
            </header>
            <Fault trouble={trouble ?? out.trouble} />
            <ul>
                {shown.map((device) => (
                    <li key={device.id} className="pad row wrap between line">
                        <div className="grow">
                            <b>
                                <bdi>{device.name}</bdi>
                            </b>
                            <p className="small muted">
                                <Seen device={device} />
                            </p>
                        </div>
                        {mayOthers ? (
                            <Button
                                small
                                aria-label={t`Sign out ${device.name}`}
                                onPress={() => signOut(device)}
                            >
                                <Trans context="another device">Sign out</Trans>
                            </Button>
                        ) : null}
                    </li>
                ))}
            </ul>
            {answer && shown.length === 0 ? (
                <p className="pad" role="status">
                    <Trans>Signed in nowhere.</Trans>
                </p>
            ) : null}
        </section>
    );
}

/** The day only: administrators need it to find a lost device, and no more. */
function Seen({ device }: { device: DeviceRow }) {
    const locale = useLocale();
    if (!device.lastSeen) {
        return <Trans>Not seen yet</Trans>;
    }
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(device.lastSeen);
    return device.lastAddress ? (
        <Trans>
            Last seen on {day}, from {device.lastAddress}
        </Trans>
    ) : (
        <Trans>Last seen on {day}</Trans>
    );
}
