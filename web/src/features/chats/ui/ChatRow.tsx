import { Trans, useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import type { ChatKind, ChatSummary } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { href } from '../../../ui/route.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { inOneLine, listTime, plainName, TypingWords } from '../../timeline/index.ts';
import { isUnread } from '../model/sections.ts';
import { useChatName } from './chatName.ts';

interface ChatRowProps {
    chat: ChatSummary;
    current: boolean;
    active: boolean;
    draft: string | undefined;
    picture: string | undefined;
    onMenu: (chat: ChatSummary) => void;
}

const KIND_ICONS: Partial<Record<ChatKind, IconName>> = {
    work: 'seal',
    key: 'hall',
    protected: 'shield',
    citizen: 'desk',
};

/** One chat of the list: who, what was said last, when, and what asks for attention. */
export const ChatRow = memo(function ChatRow(props: ChatRowProps) {
    const { chat, current, active, picture, onMenu } = props;
    const { t } = useLingui();
    const locale = useLocale();
    const name = useChatName(chat);
    const names = ['chat-row', 'in'];
    if (isUnread(chat)) names.push('unread');
    const kindIcon = KIND_ICONS[chat.kind];
    return (
        <div className="chat-item">
            <a
                className={names.join(' ')}
                href={href('chat', chat.id)}
                aria-current={current ? 'true' : undefined}
                data-chat={chat.id}
                tabIndex={active ? 0 : -1}
                onContextMenu={(event) => {
                    event.preventDefault();
                    onMenu(chat);
                }}
            >
                <Avatar name={name} tone={chat.tone} group={!chat.isDirect} src={picture}>
                    {kindIcon ? (
                        <span className={`dot ${chat.kind === 'work' ? 'record' : chat.kind}`}>
                            <Icon name={kindIcon} />
                        </span>
                    ) : null}
                </Avatar>
                <span className="name">
                    <bdi className="clip">{name}</bdi>
                    <KindWord kind={chat.kind} />
                </span>
                <time>{chat.time > 0 ? listTime(chat.time, Date.now(), locale) : ''}</time>
                <span className="last">
                    <LastLine {...props} />
                </span>
                <span className="end-col">
                    <Signs chat={chat} />
                </span>
            </a>
            <button
                type="button"
                className="chat-more"
                tabIndex={-1}
                aria-label={t`What can be done with ${name}`}
                onClick={() => onMenu(chat)}
            >
                <Icon name="down" size={16} />
            </button>
        </div>
    );
});

function KindWord({ kind }: { kind: ChatKind }) {
    const { t } = useLingui();
    const words: Partial<Record<ChatKind, string>> = {
        work: t`Work record`,
        key: t`Key function`,
        protected: t`Protected`,
        citizen: t`Citizen`,
    };
    return words[kind] ? <span className="sr">, {words[kind]}</span> : null;
}

function LastLine({ chat, draft }: ChatRowProps) {
    const { t } = useLingui();
    const locale = useLocale();
    if (chat.membership === 'invite') {
        const who = chat.invitedBy ? plainName(chat.invitedBy.name) : '';
        return <span className="clip">{who ? t`${who} invites you` : t`You are invited`}</span>;
    }
    if (chat.typing.length > 0) {
        return (
            <span className="typing clip">
                {chat.isDirect ? (
                    <Trans>typing…</Trans>
                ) : (
                    <TypingWords
                        names={chat.typing.slice(0, 2).map((each) => each.name)}
                        locale={locale}
                    />
                )}
            </span>
        );
    }
    if (draft) {
        return (
            <>
                <span className="draft">
                    <Trans>Draft:</Trans>
                </span>
                <span className="clip" dir="auto">
                    {draft.slice(0, 200)}
                </span>
            </>
        );
    }
    const { last } = chat;
    if (!last) return null;
    const shown = !last.own && !chat.isDirect && last.kind !== 'system';
    return (
        <>
            {last.own && last.kind !== 'system' && last.kind !== 'deleted' ? (
                <LastTick state={last.state} />
            ) : null}
            <KindSign kind={last.kind} />
            <span className="clip" dir="auto">
                {shown ? `${plainName(last.sender.name).split(' ')[0]}: ` : ''}
                {inOneLine(last).slice(0, 200)}
            </span>
        </>
    );
}

function LastTick({ state }: { state: NonNullable<ChatSummary['last']>['state'] }) {
    const { t } = useLingui();
    const icons = {
        sending: 'clock',
        queued: 'clock',
        sent: 'check',
        failed: 'error',
        read: 'checks',
    } as const;
    const words = {
        sending: t`Sending`,
        queued: t`Waiting`,
        sent: t`Sent`,
        failed: t`Not sent`,
        read: t`Read`,
    };
    return (
        <>
            <span className={state === 'read' ? 'tick read' : 'tick'}>
                <Icon name={icons[state]} size={16} />
            </span>
            <span className="sr">{words[state]}</span>
        </>
    );
}

function KindSign({ kind }: { kind: NonNullable<ChatSummary['last']>['kind'] }) {
    const icons: Partial<Record<typeof kind, IconName>> = {
        file: 'file',
        video: 'video',
        voice: 'mic',
        audio: 'mic',
        locked: 'lock',
        deleted: 'trash',
    };
    const icon = icons[kind];
    return icon ? <Icon name={icon} size={16} /> : null;
}

function Signs({ chat }: { chat: ChatSummary }) {
    const { t } = useLingui();
    return (
        <>
            {chat.muted ? (
                <>
                    <Icon name="mute" size={16} />
                    <span className="sr">{t`Muted`}</span>
                </>
            ) : null}
            {chat.pinned ? (
                <>
                    <Icon name="pin" size={16} />
                    <span className="sr">{t`Pinned`}</span>
                </>
            ) : null}
            {chat.mentions > 0 ? (
                <span className="at-sign">
                    @<span className="sr">{t`You are mentioned`}</span>
                </span>
            ) : null}
            {chat.unread > 0 ? (
                <span className="count">
                    {chat.unread > 999 ? '999+' : chat.unread}
                    <span className="sr"> {t`unread`}</span>
                </span>
            ) : chat.markedUnread || chat.membership === 'invite' ? (
                <span className="count dot-only">
                    <span className="sr">{t`unread`}</span>
                </span>
            ) : null}
        </>
    );
}
