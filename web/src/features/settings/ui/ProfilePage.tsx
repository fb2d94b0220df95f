import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useEffect, useState } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { BusyButton } from '../../../ui/Busy.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Field } from '../../../ui/Field.tsx';
import { PictureButton } from '../../../ui/PictureButton.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';
import { Group } from './Settings.tsx';

const PASSWORD_MIN = 8;

/** What others see of one, and one's password. */
export function ProfilePage({ home }: { home: Home }) {
    const { t } = useLingui();
    const me = useView(home.me);
    const about = useView(home.personal.about);
    return (
        <>
            <Group title={t`Photo`}>
                <div className="row wrap">
                    <Avatar
                        name={me.name}
                        tone={me.tone}
                        size="l"
                        src={home.media.thumbnailUrl(me.avatarMxc, 128, 128)}
                    />
                    <PictureButton
                        has={me.avatarMxc !== undefined}
                        onPicture={(picture) => home.setPicture(picture)}
                    />
                </div>
            </Group>
            <Group title={t`What others see`}>
                <TextForm
                    label={t`Name`}
                    value={me.name}
                    needed
                    onSave={(text) => home.setName(text)}
                />
                {about === undefined ? null : (
                    <TextForm
                        label={t`About you`}
                        hint={t`A few words, such as what you work on. Everybody can read them.`}
                        value={about}
                        onSave={(text) => home.personal.setAbout(text)}
                    />
                )}
                <p className="small muted">
                    <Trans>
                        Your address: <b className="exact">{me.id}</b>. It can’t be changed.
                    </Trans>
                </p>
            </Group>
            <Group title={t`Password`}>
                <PasswordForm home={home} />
            </Group>
        </>
    );
}

interface TextFormProps {
    label: string;
    hint?: string;
    value: string;
    needed?: boolean;
    onSave: (text: string) => Promise<void>;
}

function TextForm({ label, hint, value, needed = false, onSave }: TextFormProps) {
    const { t } = useLingui();
    const [text, setText] = useState(value);
    const { run, busy, trouble } = useAct(onSave);
    useEffect(() => setText(value), [value]);
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        const wanted = text.trim();
        if ((!needed || wanted !== '') && (await run(wanted))) {
            notice(t`Kept.`);
        }
    };
    return (
        <form className="stack-2" onSubmit={(event) => void submit(event)}>
            <Field label={label} hint={hint} value={text} onChange={setText} />
            <Fault trouble={trouble} />
            {text.trim() !== value ? (
                <div className="row">
                    <BusyButton busy={busy}>
                        <Trans>Save</Trans>
                    </BusyButton>
                </div>
            ) : null}
        </form>
    );
}

function PasswordForm({ home }: { home: Home }) {
    const { t } = useLingui();
    const [old, setOld] = useState('');
    const [wanted, setWanted] = useState('');
    const [tried, setTried] = useState(false);
    const { run, busy, trouble } = useAct(() => home.changePassword(old, wanted));
    const short = [...wanted].length < PASSWORD_MIN;
    const submit = async (event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (old !== '' && !short && (await run())) {
            setOld('');
            setWanted('');
            setTried(false);
            notice(t`Your password is changed. Your other devices stay signed in.`);
        }
    };
    return (
        <form className="stack" onSubmit={(event) => void submit(event)} noValidate>
            <Field
                label={t`Password now`}
                type="password"
                autoComplete="current-password"
                value={old}
                onChange={setOld}
                error={tried && old === '' ? t`Your password is missing.` : undefined}
            />
            <Field
                label={t`New password`}
                type="password"
                autoComplete="new-password"
                value={wanted}
                onChange={setWanted}
                hint={t`At least ${PASSWORD_MIN} characters. A short sentence works well.`}
                error={tried && short ? t`This password is too short.` : undefined}
            />
            <Fault trouble={trouble} />
            <div className="row">
                <BusyButton busy={busy}>
                    <Trans>Change the password</Trans>
                </BusyButton>
            </div>
        </form>
    );
}
