import { Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { FedMessage, Home, Media } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { href } from '../../../ui/route.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { type Shown, Viewer } from '../../media/index.ts';
import { linkIn, type Shelf, useSearcher } from '../../search/index.ts';
import { fileSize, listTime, plainName, useMedia } from '../../timeline/index.ts';

const SHOWN_MAX = 240;

/** Photos, links and files of a chat, as far as this device has read them. */
export function GalleryPanel({ home, chatId }: { home: Home; chatId: string }) {
    const { t } = useLingui();
    const [what, setWhat] = useState<Shelf>('media');
    const searcher = useSearcher(home);
    const [messages, setMessages] = useState<readonly FedMessage[]>();
    useEffect(() => {
        let gone = false;
        const look = () =>
            searcher.shelf(chatId, what, SHOWN_MAX).then(
                (found) => {
                    if (!gone) setMessages(found);
                },
                () => {
                    if (!gone) setMessages([]);
                },
            );
        setMessages(undefined);
        void look();
        let size = searcher.snapshot().size;
        const stop = searcher.subscribe(() => {
            if (searcher.snapshot().size !== size) {
                size = searcher.snapshot().size;
                void look();
            }
        });
        return () => {
            gone = true;
            stop();
        };
    }, [searcher, chatId, what]);
    const shelves: [Shelf, string][] = [
        ['media', t`Photos and videos`],
        ['links', t`Links`],
        ['files', t`Files and voice notes`],
    ];
    return (
        <Panel chatId={chatId} title={t`Photos, links and files`} back="info">
            <div className="filters" role="group" aria-label={t`Show`}>
                {shelves.map(([shelf, words]) => (
                    <button
                        key={shelf}
                        type="button"
                        className="chip"
                        aria-pressed={what === shelf}
                        onClick={() => setWhat(shelf)}
                    >
                        {words}
                    </button>
                ))}
            </div>
            {messages?.length === 0 ? (
                <p className="muted" role="status">
                    <Trans>Nothing here yet, of what this device has read so far.</Trans>
                </p>
            ) : null}
            {messages && what === 'media' ? <Pictures home={home} messages={messages} /> : null}
            {messages && what === 'links' ? <Links messages={messages} /> : null}
            {messages && what === 'files' ? <Files home={home} messages={messages} /> : null}
        </Panel>
    );
}

function mediaOf(message: FedMessage): Media | undefined {
    const { media, width, height, durationMs, waveform } = message;
    return media ? { ...media, width, height, durationMs, waveform } : undefined;
}

function shownOf(message: FedMessage): Shown | undefined {
    const media = mediaOf(message);
    return media
        ? {
              key: message.id,
              media,
              kind: message.kind as Shown['kind'],
              who: message.senderName,
              time: message.time,
              caption: message.text,
          }
        : undefined;
}

interface MessagesProps {
    home: Home;
    messages: readonly FedMessage[];
}

function Pictures({ home, messages }: MessagesProps) {
    const [open, setOpen] = useState<string>();
    const items = messages
        .map(shownOf)
        .filter((one) => one !== undefined)
        .reverse();
    return (
        <>
            <ul className="gallery-grid">
                {messages.map((message) => (
                    <li key={message.id}>
                        <Tile home={home} message={message} onOpen={() => setOpen(message.id)} />
                    </li>
                ))}
            </ul>
            {open ? (
                <Viewer
                    source={home.media}
                    items={items}
                    start={open}
                    onClose={() => setOpen(undefined)}
                />
            ) : null}
        </>
    );
}

const SMALL_BYTES = 4_000_000;
const TILE = 240;

interface TileProps {
    home: Home;
    message: FedMessage;
    onOpen: () => void;
}

function Tile({ home, message, onOpen }: TileProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const [broken, setBroken] = useState(false);
    const { media, thumbnail, kind } = message;
    const small = thumbnail ?? (kind === 'image' && fits(media?.size) ? media : undefined);
    const plain = small?.file ? undefined : home.media.thumbnailUrl(small?.mxc, TILE, TILE);
    const state = useMedia(home.media, small, plain === undefined && small !== undefined);
    const src = plain ?? state.open?.url;
    const who = plainName(message.senderName);
    const when = listTime(message.time, Date.now(), locale);
    const label = kind === 'video' ? t`Video of ${who}, ${when}` : t`Photo of ${who}, ${when}`;
    return (
        <button type="button" className="gallery-tile in" aria-label={label} onClick={onOpen}>
            {src && !broken ? (
                <img src={src} alt="" loading="lazy" onError={() => setBroken(true)} />
            ) : (
                <Icon name={kind === 'video' ? 'video' : 'file'} size={24} />
            )}
            {kind === 'video' && src ? (
                <span className="play-sign">
                    <Icon name="play" />
                </span>
            ) : null}
        </button>
    );
}

function fits(size: number | undefined): boolean {
    return size !== undefined && size <= SMALL_BYTES;
}

function Links({ messages }: { messages: readonly FedMessage[] }) {
    const { t } = useLingui();
    const locale = useLocale();
    return (
        <ul className="stack">
            {messages.map((message) => {
                const link = linkIn(message.text) ?? '';
                return (
                    <li key={message.id} className="gallery-line">
                        <a href={link} target="_blank" rel="noreferrer noopener">
                            <bdi>{link}</bdi>
                        </a>
                        <p className="small muted">
                            <bdi>{plainName(message.senderName)}</bdi>,{' '}
                            {listTime(message.time, Date.now(), locale)} ·{' '}
                            <a href={href('chat', message.chatId, message.id)}>{t`In the chat`}</a>
                        </p>
                    </li>
                );
            })}
        </ul>
    );
}

function Files({ home, messages }: MessagesProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const [open, setOpen] = useState<string>();
    const items = messages.map(shownOf).filter((one) => one !== undefined);
    return (
        <>
            <ul className="stack">
                {items.map((item) => (
                    <li key={item.key} className="gallery-line">
                        <button type="button" className="door in" onClick={() => setOpen(item.key)}>
                            <Icon name={item.kind === 'file' ? 'file' : 'mic'} />
                            <span className="grow">
                                <bdi>{plainName(item.media.name) || t`Voice note`}</bdi>
                                <span className="hint">
                                    {item.media.size
                                        ? `${fileSize(item.media.size, locale)}, `
                                        : ''}
                                    <bdi>{plainName(item.who)}</bdi>,{' '}
                                    {listTime(item.time, Date.now(), locale)}
                                </span>
                            </span>
                        </button>
                    </li>
                ))}
            </ul>
            {open ? (
                <Viewer
                    source={home.media}
                    items={[...items].reverse()}
                    start={open}
                    onClose={() => setOpen(undefined)}
                />
            ) : null}
        </>
    );
}
