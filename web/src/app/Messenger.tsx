import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import { I18nProvider } from 'react-aria-components';
import {
    ChatsPane,
    NewChatDialog,
    neighbour,
    PeoplePane,
    type Place,
    Rail,
    sections,
} from '../features/chats/index.ts';
import { forgetDrafts, loadDrafts, saveDrafts } from '../features/composer/index.ts';
import { Conversation, StarredPane } from '../features/conversation/index.ts';
import type { Home } from '../matrix/index.ts';
import { Announcer } from '../ui/Announcer.tsx';
import { beforeLeaving } from '../ui/leaving.ts';
import { go, href, useRoute } from '../ui/route.ts';
import { useSession } from '../ui/session.tsx';
import { Toasts } from '../ui/Toasts.tsx';
import { useLocale } from '../ui/useLocale.ts';

const PLACES: readonly Place[] = ['chats', 'people', 'starred', 'archived', 'settings'];

/** Parts that other features put into the frame. */
export interface MessengerSlots {
    /** In the head of a chat, such as "Who can read this?". */
    readonly headButtons?: ((chatId: string) => ReactNode) | undefined;
    /** Above the messages of a chat. */
    readonly banner?: ReactNode;
    /** Beside a chat, for `#/chat/…/panel/…`. */
    readonly panel?: ((chatId: string, name: string) => ReactNode) | undefined;
    /** In place of the conversation, for `#/join/…`. */
    readonly join?: ReactNode;
    /** In place of the conversation, for `#/settings/…`. */
    readonly settings?: ReactNode;
    /** What a search finds besides chats and people. */
    readonly found?: ((words: string) => ReactNode) | undefined;
}

/** The frame of the client: the rail, the list, the conversation and what stands beside it. */
export function Messenger({ home, slots = {} }: { home: Home; slots?: MessengerSlots }) {
    const { t } = useLingui();
    const locale = useLocale();
    const { path } = useRoute();
    const [newChat, setNewChat] = useState(false);
    const [step, id, third, panelName] = path;
    const chatId = step === 'chat' ? id : undefined;
    const panel =
        chatId && third === 'panel' && panelName ? slots.panel?.(chatId, panelName) : null;
    const messageId = third !== 'panel' ? third : undefined;
    const place = PLACES.find((each) => each === step) ?? 'chats';
    const lastPlace = useRef<Place>('chats');
    if (!chatId) lastPlace.current = place;
    const list = chatId ? lastPlace.current : place;
    const frame = useRef<HTMLDivElement>(null);
    useKeptDrafts();
    useKeys({ home, chatId, frame: frame.current, onNewChat: () => setNewChat(true) });
    const settings = place === 'settings' && !chatId;
    const instead = settings ? slots.settings : step === 'join' ? slots.join : undefined;
    const view = panel ? 'panel' : chatId || instead ? 'room' : 'list';
    return (
        <I18nProvider locale={locale}>
            <button type="button" className="skip" onClick={skip}>
                <Trans>Skip to the conversation</Trans>
            </button>
            <header className="sr">
                <h1>{t`Chancery`}</h1>
            </header>
            <div className={panel ? 'app with-panel' : 'app'} data-view={view} ref={frame}>
                <Rail home={home} place={list} />
                <main className="stage">
                    {list === 'people' ? (
                        <PeoplePane home={home} onNewChat={() => setNewChat(true)} />
                    ) : list === 'starred' ? (
                        <StarredPane home={home} />
                    ) : (
                        <ChatsPane
                            home={home}
                            open={chatId}
                            archived={list === 'archived'}
                            onNewChat={() => setNewChat(true)}
                            found={slots.found}
                        />
                    )}
                    {instead ? (
                        instead
                    ) : chatId ? (
                        <Conversation
                            key={chatId}
                            home={home}
                            chatId={chatId}
                            messageId={messageId}
                            headButtons={slots.headButtons?.(chatId)}
                            banner={slots.banner}
                        />
                    ) : (
                        <section
                            className="room"
                            id="room"
                            tabIndex={-1}
                            aria-label={t`Conversation`}
                        >
                            {slots.banner}
                            <div className="empty">
                                <h2>
                                    <Trans>Choose a chat</Trans>
                                </h2>
                                <p>
                                    <Trans>
                                        Or begin a new one with the plus sign above the list.
                                    </Trans>
                                </p>
                            </div>
                        </section>
                    )}
                    {panel}
                </main>
            </div>
            {newChat ? <NewChatDialog home={home} onClose={() => setNewChat(false)} /> : null}
            <Toasts />
            <Announcer />
        </I18nProvider>
    );
}

/** The address behind `#` is the place in the client, so this is a button and not a link. */
function skip(): void {
    document.getElementById('room')?.focus();
}

function useKeptDrafts(): void {
    const session = useSession();
    useEffect(() => {
        void loadDrafts();
        const save = () => void saveDrafts();
        const hidden = () => {
            if (document.visibilityState === 'hidden') save();
        };
        const stop = beforeLeaving(saveDrafts);
        addEventListener('beforeunload', save); // While the page still has time to.
        addEventListener('pagehide', save);
        document.addEventListener('visibilitychange', hidden);
        return () => {
            // Written down for whoever comes back; nothing of who signed out.
            if (session.snapshot().at !== 'signed-out') save();
            forgetDrafts();
            stop();
            removeEventListener('beforeunload', save);
            removeEventListener('pagehide', save);
            document.removeEventListener('visibilitychange', hidden);
        };
    }, [session]);
}

interface Keys {
    home: Home;
    chatId: string | undefined;
    frame: HTMLElement | null;
    onNewChat: () => void;
}

const PARTS = [
    '.rail a[aria-current]',
    '.list input',
    '[data-message][tabindex="0"]',
    'textarea',
    '.panel',
];

/** The keys of the whole window. All have a control key, so that typing never sets them off. */
function useKeys(keys: Keys): void {
    const now = useRef(keys);
    now.current = keys;
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            if (document.querySelector('[role=dialog], [role=menu]')) return;
            if (handled(event, now.current)) event.preventDefault();
        };
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, []);
}

function handled(event: KeyboardEvent, { home, chatId, frame, onNewChat }: Keys): boolean {
    const control = event.ctrlKey || event.metaKey;
    const { key } = event;
    if (control && !event.altKey && !event.shiftKey && key.toLowerCase() === 'k') {
        frame?.querySelector<HTMLInputElement>('.list input[type=search]')?.focus();
        return true;
    }
    if (control && event.altKey && event.code === 'KeyN') {
        onNewChat();
        return true;
    }
    if (event.altKey && !control && (key === 'ArrowDown' || key === 'ArrowUp')) {
        const rows = sections(home.chats.snapshot().all, 'all', chatId);
        const next = neighbour(rows, chatId, key === 'ArrowDown' ? 1 : -1, event.shiftKey);
        if (next) go(href('chat', next));
        return true;
    }
    if (key === 'F6') {
        nextPart(frame, event.shiftKey ? -1 : 1);
        return true;
    }
    if (key === 'Escape' && chatId && (event.target as Element).closest('.room')) {
        go(href('chats'));
        return true;
    }
    return false;
}

function nextPart(frame: HTMLElement | null, step: 1 | -1): void {
    const parts = PARTS.flatMap((each) => [
        ...(frame?.querySelectorAll<HTMLElement>(each) ?? []),
    ]).filter((each) => each.offsetParent !== null);
    const at = parts.findIndex(
        (each) =>
            each === document.activeElement ||
            each.closest('section,nav')?.contains(document.activeElement),
    );
    parts[(at + step + parts.length) % parts.length]?.focus();
}
