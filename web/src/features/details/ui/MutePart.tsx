import { Trans, useLingui } from '@lingui/react/macro';
import { type ChatList, type ChatSummary, troubleOf } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Menu, MenuItem } from '../../../ui/Menu.tsx';
import { Part } from '../../../ui/Panel.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { muteUntil } from '../../chats/index.ts';
import { troubleLine } from '../../timeline/index.ts';

/** Silence, and until when. */
export function MutePart({ chats, chat }: { chats: ChatList; chat: ChatSummary }) {
    const { t } = useLingui();
    const locale = useLocale();
    const failed = (fault: unknown) => notice(troubleLine(troubleOf(fault)));
    const mute = (how: string) => {
        const now = Date.now();
        const until = how === 'evening' || how === 'week' ? muteUntil(how, now) : undefined;
        chats.mute(chat.id, until).catch(failed);
    };
    const end = chat.mutedUntil
        ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(
              chat.mutedUntil,
          )
        : '';
    return (
        <Part icon={<Icon name={chat.muted ? 'mute' : 'bell'} />} title={t`Sound`}>
            <p>
                {!chat.muted ? <Trans>New messages are announced.</Trans> : null}
                {chat.muted && end ? <Trans>Silent until {end}.</Trans> : null}
                {chat.muted && !end ? <Trans>Silent until you switch it on again.</Trans> : null}
            </p>
            <div className="row">
                {chat.muted ? (
                    <Button small icon="bell" onPress={() => chats.unmute(chat.id).catch(failed)}>
                        <Trans>Switch the sound on</Trans>
                    </Button>
                ) : (
                    <Menu
                        label={t`Mute`}
                        trigger={
                            <Button small icon="mute">
                                <Trans>Mute</Trans>
                            </Button>
                        }
                        onAction={mute}
                    >
                        <MenuItem id="evening">{t`For 8 hours`}</MenuItem>
                        <MenuItem id="week">{t`For a week`}</MenuItem>
                        <MenuItem id="always">{t`Until I switch it on again`}</MenuItem>
                    </Menu>
                )}
            </div>
        </Part>
    );
}
