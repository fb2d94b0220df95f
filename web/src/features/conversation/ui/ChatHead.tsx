import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useState } from 'react';
import type { ChatKind, ChatSummary, ChatView, Home } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { Menu, MenuItem, MenuLine } from '../../../ui/Menu.tsx';
import { href } from '../../../ui/route.ts';
import { notice } from '../../../ui/toasts.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { useView } from '../../../ui/useView.ts';
import { LeaveDialog, useChatName } from '../../chats/index.ts';
import { peopleInWords, TypingWords } from '../../timeline/index.ts';
import { AddPeopleDialog } from './AddPeopleDialog.tsx';

interface ChatHeadProps {
    home: Home;
    view: ChatView;
    buttons?: ReactNode;
}

/** Who is here, of what class the chat is, and what can be done with it. */
export function ChatHead({ home, view, buttons }: ChatHeadProps) {
    const { t } = useLingui();
    const { chat, can } = useView(view);
    const name = useChatName(chat);
    const [layer, setLayer] = useState<'date' | 'leave' | 'add'>();
    if (!chat) return null;
    const close = () => setLayer(undefined);
    const act = (what: string) => {
        if (what === 'date' || what === 'leave' || what === 'add') setLayer(what);
        if (what === 'mute')
            void (chat.muted ? home.chats.unmute(chat.id) : home.chats.mute(chat.id));
        if (what === 'pin') void home.chats.setPinned(chat.id, !chat.pinned);
        if (what === 'archive') void home.chats.setArchived(chat.id, !chat.archived);
    };
    return (
        <header className="room-head">
            <a className="icon-btn back" href={href('chats')} aria-label={t`Back to chats`}>
                <Icon name="back" />
            </a>
            <Avatar
                name={name}
                tone={chat.tone}
                group={!chat.isDirect}
                src={home.media.thumbnailUrl(chat.avatarMxc, 88, 88)}
            />
            <a
                className="grow room-name"
                href={href('chat', chat.id, 'panel', 'info')}
                title={t`About this chat`}
            >
                <h2>
                    <bdi>{name}</bdi> <KindTag kind={chat.kind} />
                </h2>
                <p className="sub clip">
                    <Under view={view} chat={chat} />
                </p>
            </a>
            {buttons}
            <Menu
                label={t`Chat`}
                trigger={<IconButton icon="more" label={t`More`} />}
                onAction={act}
            >
                {can.invite ? <MenuItem id="add" icon="plus">{t`Add people`}</MenuItem> : null}
                <MenuItem id="date" icon="cal">{t`Go to a date`}</MenuItem>
                <MenuItem id="mute" icon={chat.muted ? 'bell' : 'mute'}>
                    {chat.muted ? t`Switch the sound on` : t`Mute`}
                </MenuItem>
                <MenuItem id="pin" icon="pin">
                    {chat.pinned ? t`Unpin the chat` : t`Pin the chat`}
                </MenuItem>
                <MenuItem id="archive" icon="archive">
                    {chat.archived ? t`Take out of the archive` : t`Archive`}
                </MenuItem>
                <MenuLine />
                <MenuItem id="leave" icon="door" danger>{t`Leave the chat`}</MenuItem>
            </Menu>
            {layer === 'date' ? <DateDialog view={view} onClose={close} /> : null}
            {layer === 'leave' ? (
                <LeaveDialog chats={home.chats} chat={chat} onClose={close} />
            ) : null}
            {layer === 'add' ? <AddPeopleDialog home={home} view={view} onClose={close} /> : null}
        </header>
    );
}

function Under({ view, chat }: { view: ChatView; chat: ChatSummary }) {
    const { t } = useLingui();
    const locale = useLocale();
    const { typing, topic } = useView(view);
    if (typing.length > 0) {
        return <TypingWords names={typing.slice(0, 3).map((each) => each.name)} locale={locale} />;
    }
    if (topic) return topic.replace(/\s+/g, ' ');
    if (chat.isDirect) return chat.other?.id ?? null;
    return <Names view={view} chat={chat} you={t`you`} />;
}

const NAMED_MAX = 6;

function Names({ view, chat, you }: { view: ChatView; chat: ChatSummary; you: string }) {
    const locale = useLocale();
    const { messages } = useView(view);
    const said = [...new Map(messages.map((each) => [each.sender.id, each])).values()].filter(
        (each) => !each.own,
    );
    const count = chat.memberCount;
    if (said.length + 1 < count || said.length > NAMED_MAX) {
        return <Trans>{count} people</Trans>;
    }
    const names = said.map((each) => each.sender.name.split(' ')[0] ?? '');
    return peopleInWords([...names, you], locale);
}

const KIND_SIGNS: Record<ChatKind, { icon: IconName; className: string }> = {
    chat: { icon: 'chat', className: 'chat' },
    work: { icon: 'seal', className: 'record' },
    key: { icon: 'hall', className: 'key' },
    protected: { icon: 'shield', className: 'protected' },
    citizen: { icon: 'desk', className: 'citizen' },
};

function KindTag({ kind }: { kind: ChatKind }) {
    const { t } = useLingui();
    const words: Record<ChatKind, string> = {
        chat: t`Chat`,
        work: t`Work record`,
        key: t`Key function`,
        protected: t`Protected`,
        citizen: t`Citizen`,
    };
    const { icon, className } = KIND_SIGNS[kind];
    return (
        <span className={`tag ${className}`}>
            <Icon name={icon} size={14} />
            {words[kind]}
        </span>
    );
}

/** A day in the past; the conversation opens where that day began. */
function DateDialog({ view, onClose }: { view: ChatView; onClose: () => void }) {
    const { t } = useLingui();
    const [day, setDay] = useState('');
    const today = new Date().toLocaleDateString('sv');
    const jump = async () => {
        onClose();
        const there = await view.jumpTo({ to: 'date', time: new Date(`${day}T00:00`).getTime() });
        if (!there) notice(t`Nothing was said then or later.`);
    };
    return (
        <Dialog
            title={t`Go to a date`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button look="main" isDisabled={day === ''} onPress={() => void jump()}>
                        <Trans>Go there</Trans>
                    </Button>
                </>
            }
        >
            <label className="field">
                <span className="label">{t`Date`}</span>
                <input
                    className="input"
                    type="date"
                    max={today}
                    value={day}
                    onChange={(event) => setDay(event.target.value)}
                />
            </label>
        </Dialog>
    );
}
