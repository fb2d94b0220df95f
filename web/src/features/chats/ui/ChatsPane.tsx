import { Trans, useLingui } from '@lingui/react/macro';
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useMemo, useRef, useState } from 'react';
import type { ChatSummary, Home } from '../../../matrix/index.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { SearchBox } from '../../../ui/fields.tsx';
import { useView } from '../../../ui/useView.ts';
import { useDrafts } from '../../composer/index.ts';
import { type ListRow, type Section, type Show, sections, unreadChats } from '../model/sections.ts';
import { ChatMenu } from './ChatMenu.tsx';
import { ChatRow } from './ChatRow.tsx';
import { LeaveDialog } from './LeaveDialog.tsx';
import { PeopleFound } from './PeopleFound.tsx';

const ROW = 72;
const HEADING = 30;
const OVERSCAN = 6;

interface ChatsPaneProps {
    home: Home;
    open: string | undefined;
    archived: boolean;
    onNewChat: () => void;
    /** What else the words of the search find, such as messages. */
    found?: ((words: string) => ReactNode) | undefined;
    /** The head's own menu. */
    menu?: ReactNode;
}

/** The list of chats with its search and its filters. */
export function ChatsPane({ home, open, archived, onNewChat, found, menu }: ChatsPaneProps) {
    const { t } = useLingui();
    const list = useView(home.chats);
    const [words, setWords] = useState('');
    const [filter, setFilter] = useState<Show>('all');
    const show = archived ? 'archived' : filter;
    const searching = words.trim() !== '';
    const rows = useMemo<readonly ListRow[]>(() => {
        if (!searching) return sections(list.all, show, open);
        const fit = home.chats.filtered('all', words);
        return fit.map((chat) => ({ kind: 'chat', key: chat.id, chat }));
    }, [list.all, show, open, searching, words, home.chats]);
    const unread = unreadChats(list.all);
    const filters: [Show, string, number?][] = [
        ['all', t`All`],
        ['unread', t`Unread`, unread],
        ['groups', t`Groups`],
        ['favourites', t`Favourites`],
    ];
    return (
        <section className="list" aria-label={t`Chats`}>
            <div className="list-head">
                <div className="row between">
                    <h2 className="title">{archived ? t`Archived` : t`Chats`}</h2>
                    <div className="row">
                        <IconButton
                            solid
                            dense
                            icon="plus"
                            label={t`New chat`}
                            onPress={onNewChat}
                        />
                        {menu}
                    </div>
                </div>
                <SearchBox
                    label={t`Search chats, people and messages`}
                    placeholder={t`Search chats, people, messages`}
                    value={words}
                    onChange={setWords}
                    onKeyDown={(event) => {
                        if (event.key === 'Escape') setWords('');
                    }}
                />
                {searching || archived ? null : (
                    <fieldset className="filters" aria-label={t`Show`}>
                        {filters.map(([id, name, count]) => (
                            <button
                                key={id}
                                type="button"
                                className="chip"
                                aria-pressed={filter === id}
                                onClick={() => setFilter(filter === id ? 'all' : id)}
                            >
                                {name}
                                {count ? <span className="num">{count}</span> : null}
                            </button>
                        ))}
                    </fieldset>
                )}
            </div>
            {rows.length === 0 && !searching ? (
                <NoChats ready={list.ready} show={show} onNewChat={onNewChat} />
            ) : (
                <Rows rows={rows} home={home} open={open} searching={searching}>
                    {searching ? (
                        <>
                            <PeopleFound home={home} words={words} onOpened={() => setWords('')} />
                            {found?.(words)}
                        </>
                    ) : null}
                </Rows>
            )}
        </section>
    );
}

function NoChats({
    ready,
    show,
    onNewChat,
}: {
    ready: boolean;
    show: Show;
    onNewChat: () => void;
}) {
    const { t } = useLingui();
    if (!ready) return <p className="list-note loading">{t`Your chats are being fetched`}</p>;
    if (show === 'all') {
        return (
            <div className="empty small-empty">
                <h3>
                    <Trans>Here your chats will stand</Trans>
                </h3>
                <p>
                    <Trans>Find a colleague by name and write the first message.</Trans>
                </p>
                <Button look="main" icon="plus" onPress={onNewChat}>
                    <Trans>New chat</Trans>
                </Button>
            </div>
        );
    }
    const words: Record<Exclude<Show, 'all'>, string> = {
        unread: t`You have read everything.`,
        groups: t`You are in no group yet.`,
        favourites: t`Pin a chat, and it stands here and at the top of the list.`,
        archived: t`What you archive stands here, out of the way, and loses nothing.`,
    };
    return <p className="list-note">{words[show]}</p>;
}

interface RowsProps {
    rows: readonly ListRow[];
    home: Home;
    open: string | undefined;
    searching: boolean;
    children: ReactNode;
}

function Rows({ rows, home, open, searching, children }: RowsProps) {
    const { t } = useLingui();
    const box = useRef<HTMLDivElement>(null);
    const drafts = useDrafts((state) => state.drafts);
    const [menuFor, setMenuFor] = useState<ChatSummary>();
    const [leaving, setLeaving] = useState<ChatSummary>();
    const anchor = useRef<HTMLElement>(null);
    const virtual = useVirtualizer({
        count: rows.length,
        getScrollElement: () => box.current,
        estimateSize: (index) => (rows[index]?.kind === 'heading' ? HEADING : ROW),
        getItemKey: (index) => rows[index]?.key ?? index,
        overscan: OVERSCAN,
        useFlushSync: false,
    });
    const roving = useRoving(rows, open, (index) => virtual.scrollToIndex(index));
    const onMenu = (chat: ChatSummary) => {
        anchor.current = rowOf(box.current, chat.id);
        setMenuFor(chat);
    };
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: it hears the arrows for its rows.
        <div
            className="chats"
            ref={box}
            onKeyDown={(event) => {
                const chat = roving.onKeyDown(event, box.current);
                if (chat) onMenu(chat);
            }}
        >
            {searching && rows.length > 0 ? <h3>{t`Chats`}</h3> : null}
            <div role="list" className="virtual-list" style={{ height: virtual.getTotalSize() }}>
                {virtual.getVirtualItems().map((item) => {
                    const row = rows[item.index];
                    if (!row) return null;
                    return (
                        <div
                            key={item.key}
                            role="listitem"
                            className="virtual-row"
                            data-index={item.index}
                            ref={virtual.measureElement}
                            style={{ transform: `translateY(${item.start}px)` }}
                        >
                            {row.kind === 'heading' ? (
                                <SectionHeading section={row.section} />
                            ) : (
                                <ChatRow
                                    chat={row.chat}
                                    current={row.chat.id === open}
                                    active={row.chat.id === roving.active}
                                    draft={
                                        row.chat.id === open
                                            ? undefined
                                            : drafts.get(row.chat.id)?.text
                                    }
                                    picture={home.media.thumbnailUrl(row.chat.avatarMxc, 88, 88)}
                                    onMenu={onMenu}
                                />
                            )}
                        </div>
                    );
                })}
            </div>
            {children}
            {menuFor ? (
                <ChatMenu
                    chats={home.chats}
                    chat={home.chats.get(menuFor.id) ?? menuFor}
                    anchor={anchor}
                    onLeave={setLeaving}
                    onClose={() => setMenuFor(undefined)}
                />
            ) : null}
            {leaving ? (
                <LeaveDialog
                    chats={home.chats}
                    chat={leaving}
                    onClose={() => setLeaving(undefined)}
                />
            ) : null}
        </div>
    );
}

function SectionHeading({ section }: { section: Section }) {
    const { t } = useLingui();
    const words: Record<Section, string> = {
        invitations: t`Invitations`,
        pinned: t`Pinned`,
        recent: t`Recent`,
        archived: t`Archived`,
        found: t`Chats`,
    };
    return <h3 className="section-name">{words[section]}</h3>;
}

function rowOf(box: HTMLElement | null, chatId: string): HTMLElement | null {
    return box?.querySelector<HTMLElement>(`[data-chat="${CSS.escape(chatId)}"]`) ?? null;
}

/** One stop for Tab; the arrows go from chat to chat. */
function useRoving(
    rows: readonly ListRow[],
    open: string | undefined,
    show: (index: number) => void,
) {
    const [chosen, setChosen] = useState<string>();
    const has = (id: string | undefined) =>
        rows.some((row) => row.kind === 'chat' && row.key === id);
    const first = rows.find((row) => row.kind === 'chat')?.key;
    const active = has(chosen) ? chosen : has(open) ? open : first;
    const onKeyDown = (event: KeyboardEvent, box: HTMLElement | null): ChatSummary | undefined => {
        const id = (event.target as HTMLElement).dataset.chat;
        if (id === undefined) return undefined;
        const at = rows.findIndex((row) => row.key === id);
        const row = rows[at];
        if (event.key === 'ContextMenu' || (event.key === 'F10' && event.shiftKey)) {
            event.preventDefault();
            return row?.kind === 'chat' ? row.chat : undefined;
        }
        const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
        if (step === undefined || event.altKey || event.ctrlKey) return undefined;
        event.preventDefault();
        for (let n = at + step; n >= 0 && n < rows.length; n += step) {
            const next = rows[n];
            if (next?.kind !== 'chat') continue;
            setChosen(next.key);
            show(n);
            requestAnimationFrame(() => rowOf(box, next.key)?.focus());
            break;
        }
        return undefined;
    };
    return { active, onKeyDown };
}
