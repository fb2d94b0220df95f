import { useLingui } from '@lingui/react/macro';
import type { RefObject } from 'react';
import type { ChatList, ChatSummary } from '../../../matrix/index.ts';
import { troubleOf } from '../../../matrix/index.ts';
import { MenuAt, MenuItem, MenuLine, SubMenu } from '../../../ui/Menu.tsx';
import { notice } from '../../../ui/toasts.ts';
import { troubleLine } from '../../timeline/index.ts';
import { type MuteFor, muteUntil } from '../model/muting.ts';
import { isUnread } from '../model/sections.ts';

interface ChatMenuProps {
    chats: ChatList;
    chat: ChatSummary;
    anchor: RefObject<HTMLElement | null>;
    onLeave: (chat: ChatSummary) => void;
    onClose: () => void;
}

/** All that can be done with a chat from the list. */
export function ChatMenu({ chats, chat, anchor, onLeave, onClose }: ChatMenuProps) {
    const { t } = useLingui();
    const { id } = chat;
    const act = (what: string) => {
        const acts: Record<string, () => Promise<void>> = {
            pin: () => chats.setPinned(id, !chat.pinned),
            archive: () => chats.setArchived(id, !chat.archived),
            unmute: () => chats.unmute(id),
            unread: () => chats.setMarkedUnread(id, true),
            read: () => chats.markAllRead(id),
            evening: () => chats.mute(id, muteUntil('evening', Date.now())),
            week: () => chats.mute(id, muteUntil('week', Date.now())),
            always: () => chats.mute(id),
        };
        if (what === 'leave') onLeave(chat);
        acts[what]?.().catch((fault: unknown) => notice(troubleLine(troubleOf(fault))));
        onClose();
    };
    const times: [MuteFor, string][] = [
        ['evening', t`For 8 hours`],
        ['week', t`For a week`],
        ['always', t`Until I switch it on again`],
    ];
    return (
        <MenuAt label={t`Chat`} anchor={anchor} onAction={act} onClose={onClose}>
            {isUnread(chat) ? (
                <MenuItem id="read" icon="checks">{t`Mark as read`}</MenuItem>
            ) : (
                <MenuItem id="unread" icon="chat">{t`Mark as unread`}</MenuItem>
            )}
            <MenuItem id="pin" icon="pin">
                {chat.pinned ? t`Unpin` : t`Pin to the top`}
            </MenuItem>
            {chat.muted ? (
                <MenuItem id="unmute" icon="bell">{t`Switch the sound on`}</MenuItem>
            ) : (
                <SubMenu
                    id="mute"
                    icon="mute"
                    onAction={act}
                    items={times.map(([how, words]) => (
                        <MenuItem key={how} id={how}>
                            {words}
                        </MenuItem>
                    ))}
                >
                    {t`Mute`}
                </SubMenu>
            )}
            <MenuItem id="archive" icon="archive">
                {chat.archived ? t`Take out of the archive` : t`Archive`}
            </MenuItem>
            <MenuLine />
            <MenuItem id="leave" icon="door" danger>{t`Leave the chat`}</MenuItem>
        </MenuAt>
    );
}
