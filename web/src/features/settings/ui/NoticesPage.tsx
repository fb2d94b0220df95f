import { Trans, useLingui } from '@lingui/react/macro';
import type { Home, NoticeKind, WebPush } from '../../../matrix/index.ts';
import { Switch } from '../../../ui/Choice.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';
import { Group } from './Settings.tsx';

/** What one hears of, on all devices; and whether this browser tells while it is closed. */
export function NoticesPage({ home }: { home: Home }) {
    const { t } = useLingui();
    const { personal } = home;
    const notices = useView(personal.notices);
    const push = useView(personal.webPush);
    const set = useAct((kind: NoticeKind, on: boolean) => personal.setNotice(kind, on));
    const pause = useAct((on: boolean) => personal.setPaused(on));
    const setPush = useAct((on: boolean) => personal.setWebPush(on));
    const kinds: [NoticeKind, string, string?][] = [
        ['direct', t`Messages to you alone`],
        ['group', t`Messages in groups`],
        ['mention', t`When you are mentioned`, t`Also in chats that you have muted.`],
        ['invitation', t`Invitations`],
        ['reaction', t`Reactions to your messages`],
    ];
    return (
        <>
            <Group title={t`What you hear of`}>
                <Switch
                    label={t`Pause all`}
                    hint={t`Nothing is announced on any of your devices until you switch this off.`}
                    on={notices.paused}
                    onChange={(on) => void pause.run(on)}
                />
                {kinds.map(([kind, words, hint]) => (
                    <Switch
                        key={kind}
                        label={words}
                        hint={hint}
                        on={notices[kind]}
                        disabled={notices.paused}
                        onChange={(on) => void set.run(kind, on)}
                    />
                ))}
                <Fault trouble={set.trouble ?? pause.trouble} />
            </Group>
            <Group title={t`On this device`}>
                <Switch
                    label={t`Announce messages while Chancery is closed`}
                    hint={<AboutPush state={push.state} />}
                    on={push.state === 'on'}
                    disabled={push.state !== 'on' && push.state !== 'off'}
                    onChange={(on) => void setPush.run(on)}
                />
                <Fault trouble={setPush.trouble} />
            </Group>
        </>
    );
}

function AboutPush({ state }: { state: WebPush['state'] }) {
    switch (state) {
        case 'unsupported':
            return <Trans>This browser can’t do that.</Trans>;
        case 'unavailable':
            return <Trans>This server does not offer it.</Trans>;
        case 'blocked':
            return (
                <Trans>
                    This browser blocks it. Allow notifications of this address in its settings.
                </Trans>
            );
        default:
            return (
                <Trans>
                    The maker of this browser carries the announcement. It learns when one comes,
                    not what is written or by whom.
                </Trans>
            );
    }
}
