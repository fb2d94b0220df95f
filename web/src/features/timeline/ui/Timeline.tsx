import { Plural, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import type { ChatView, Edge, MediaSource, Message } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { useView } from '../../../ui/useView.ts';
import { type Row, RowBuilder } from '../model/rows.ts';
import { dayHeading } from '../model/when.ts';
import { type TimelineActs, TimelineActsContext } from './acts.ts';
import { MessageRow } from './MessageRow.tsx';
import { SystemRow } from './SystemRow.tsx';
import { useAnnounced } from './useAnnounced.ts';
import { useTimelineScroll } from './useTimelineScroll.ts';
import { useTouch } from './useTouch.ts';
import { peopleInWords } from './words.ts';

export interface TimelineProps {
    view: ChatView;
    media: MediaSource;
    me: string;
    hidden: ReadonlySet<string>;
    starred: ReadonlySet<string>;
    /** Keys of messages that are being deleted, as long as it can be undone. */
    deleting: ReadonlySet<string>;
    /** Keys of what is chosen; undefined when nothing is being chosen. */
    selected: { has(key: string): boolean } | undefined;
    onMenu: (message: Message) => void;
    onToggle: (message: Message) => void;
    onReact: (message: Message, emoji: string) => void;
    onWordings: (message: Message) => void;
    onMedia: (message: Message) => void;
    onReply: (message: Message) => void;
    /** A key was pressed on a message; true when it meant something. */
    onKey: (message: Message, event: KeyboardEvent) => boolean;
}

const NO_MESSAGES: readonly Message[] = [];
/** How far Page Up and Page Down go, in rows. */
const PAGE = 8;

/** The conversation: every message, of which only those near the window are in the page. */
export function Timeline(props: TimelineProps) {
    const { view, hidden } = props;
    const { t } = useLingui();
    const snapshot = useView(view);
    const messages = snapshot.messages ?? NO_MESSAGES;
    const [builder] = useState(() => new RowBuilder());
    const rows = useMemo(
        () =>
            builder.build({
                messages,
                hidden,
                firstUnread: snapshot.firstUnread,
                unread: snapshot.unreadAtOpen,
            }),
        [builder, messages, hidden, snapshot.firstUnread, snapshot.unreadAtOpen],
    );
    const scroll = useTimelineScroll({ view, snapshot, rows });
    const keys = useActiveMessage(rows, scroll.toKey);
    const acts = useStableActs(props, keys.setActive, scroll.jump);
    useAnnounced(messages, snapshot.end);
    const named = (key: string) => messages.find((each) => each.key === key);
    const touch = useTouch({
        onHold: (key) => {
            const message = named(key);
            if (message) props.onMenu(message);
        },
        onPull: (key) => {
            const message = named(key);
            if (message?.can.reply) props.onReply(message);
        },
    });
    return (
        <TimelineActsContext value={acts}>
            <div className="timeline-box">
                <div
                    className="timeline"
                    ref={scroll.scroller}
                    role="region"
                    aria-label={t`Messages`}
                    onScroll={scroll.onScroll}
                    {...touch}
                    onKeyDown={(event) => keys.onKeyDown(event, props.onKey, acts)}
                >
                    <EdgeSign edge={snapshot.start} onAgain={() => void view.paginate('back')} />
                    <div className="messages" role="list" ref={scroll.container}>
                        {scroll.items.map((item) => {
                            const row = rows[item.index];
                            return row ? (
                                <div
                                    key={item.key}
                                    className="virtual-row"
                                    data-index={item.index}
                                    ref={scroll.measure}
                                    role="presentation"
                                >
                                    <RowView
                                        row={row}
                                        active={keys.active}
                                        {...props}
                                        focus={scroll.found}
                                    />
                                </div>
                            ) : null;
                        })}
                    </div>
                    <TypingLine names={snapshot.typing.map((person) => person.name)} />
                </div>
                <ToLatest
                    visible={!scroll.atEnd}
                    count={scroll.newBelow}
                    onPress={() => scroll.jump({ to: 'latest' })}
                />
            </div>
        </TimelineActsContext>
    );
}

interface RowViewProps extends TimelineProps {
    row: Row;
    active: string | undefined;
    focus: string | undefined;
}

function RowView({ row, active, focus, ...props }: RowViewProps) {
    const locale = useLocale();
    if (row.kind === 'day') {
        return (
            <div role="listitem" className="day">
                <h3>{dayHeading(row.time, Date.now(), locale)}</h3>
            </div>
        );
    }
    if (row.kind === 'unread') {
        return (
            <div role="listitem" className="unread-line">
                <span>
                    <Plural value={row.count} one="# new message" other="# new messages" />
                </span>
            </div>
        );
    }
    if (row.kind === 'system') {
        return <SystemRow messages={row.messages} reachable={row.key === active} />;
    }
    const { message } = row;
    const group = !(props.view.snapshot().chat?.isDirect ?? true);
    return (
        <MessageRow
            message={message}
            continues={row.continues}
            last={row.last}
            active={row.key === active}
            found={row.key === focus}
            selecting={props.selected !== undefined}
            selected={props.selected?.has(message.key) ?? false}
            starred={props.starred.has(message.id)}
            deleting={props.deleting.has(message.key)}
            picture={props.media.thumbnailUrl(message.sender.avatarMxc, 64, 64)}
            me={props.me}
            isGroup={group}
            locale={locale}
        />
    );
}

function EdgeSign({ edge, onAgain }: { edge: Edge; onAgain: () => void }) {
    const { t } = useLingui();
    if (edge === 'failed') {
        return (
            <p className="edge">
                {t`Older messages could not be fetched.`}{' '}
                <button type="button" className="btn btn-quiet btn-sm" onClick={onAgain}>
                    {t`Try again`}
                </button>
            </p>
        );
    }
    return edge === 'loading' ? <p className="edge loading">{t`Fetching older messages`}</p> : null;
}

function TypingLine({ names }: { names: readonly string[] }) {
    const locale = useLocale();
    return (
        <p className="typing-line">
            {names.length > 0 ? (
                <>
                    <span className="dots" aria-hidden="true">
                        <i />
                        <i />
                        <i />
                    </span>
                    <TypingWords names={names.slice(0, 3)} locale={locale} />
                </>
            ) : null}
        </p>
    );
}

export function TypingWords({ names, locale }: { names: readonly string[]; locale: string }) {
    const { t } = useLingui();
    const who = peopleInWords(names, locale);
    return (
        <span className="clip">
            {names.length === 1 ? t`${who} is typing` : t`${who} are typing`}
        </span>
    );
}

function ToLatest({
    visible,
    count,
    onPress,
}: {
    visible: boolean;
    count: number;
    onPress: () => void;
}) {
    const { t } = useLingui();
    if (!visible) return null;
    return (
        <button type="button" className="to-latest" onClick={onPress}>
            {count > 0 ? <Plural value={count} one="# new" other="# new" /> : null}
            <span className="sr">{t`Go to the latest message`}</span>
            <Icon name="down" />
        </button>
    );
}

/** One message of the list is in the order of Tab; the arrows move it. */
function useActiveMessage(rows: readonly Row[], toKey: (key: string) => void) {
    const [chosen, setActive] = useState<string>();
    const there = chosen !== undefined && rows.some((row) => row.key === chosen);
    const last = rows.findLast((row) => row.kind === 'message');
    const active = there ? chosen : last?.key;
    const move = (step: 1 | -1, from: number) => {
        for (let n = from + step; n >= 0 && n < rows.length; n += step) {
            const row = rows[n];
            if (row?.kind === 'message') {
                setActive(row.key);
                toKey(row.key);
                return;
            }
        }
    };
    const onKeyDown = (event: KeyboardEvent, onKey: TimelineProps['onKey'], acts: TimelineActs) => {
        const target = event.target as HTMLElement;
        if (target.dataset.message === undefined) {
            if (event.key === 'Escape') target.closest<HTMLElement>('[data-message]')?.focus();
            return;
        }
        const at = rows.findIndex((row) => row.key === active);
        const row = rows[at];
        if (row?.kind !== 'message') return;
        const plain = !event.ctrlKey && !event.altKey && !event.metaKey;
        const toRow: Partial<Record<string, readonly [step: 1 | -1, from: number]>> = {
            ArrowUp: [-1, at],
            ArrowDown: [1, at],
            Home: [1, -1],
            End: [-1, rows.length],
            PageUp: [-1, Math.max(1, at - PAGE)],
            PageDown: [1, Math.min(rows.length - 2, at + PAGE)],
        };
        const way = toRow[event.key];
        const menu =
            event.key === 'Enter' ||
            event.key === 'ContextMenu' ||
            (event.key === 'F10' && event.shiftKey);
        if (!plain) return;
        if (way) move(...way);
        else if (menu) acts.openMenu(row.message);
        else if (event.key === ' ') acts.toggle(row.message);
        else if (!onKey(row.message, event)) return;
        event.preventDefault();
    };
    return { active, setActive, onKeyDown };
}

/** The acts keep their identity for the life of the list, and always do what was asked for last. */
function useStableActs(
    props: TimelineProps,
    setActive: (key: string) => void,
    jump: (target: { to: 'message'; id: string }) => void,
): TimelineActs {
    const now = useRef({ props, setActive, jump });
    useEffect(() => {
        now.current = { props, setActive, jump };
    });
    const { media, view } = props;
    return useMemo(
        () => ({
            media,
            setActive: (key) => now.current.setActive(key),
            openMenu: (message) => now.current.props.onMenu(message),
            toggle: (message) => now.current.props.onToggle(message),
            react: (message, emoji) => now.current.props.onReact(message, emoji),
            jumpTo: (id) => now.current.jump({ to: 'message', id }),
            askForKey: (message) => void view.askForKey(message.id),
            resend: (message) => view.resend(message.key),
            discard: (message) => view.discard(message.key),
            showWordings: (message) => now.current.props.onWordings(message),
            showMedia: (message) => now.current.props.onMedia(message),
        }),
        [media, view],
    );
}
