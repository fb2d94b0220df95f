import { Plural, Trans, useLingui } from '@lingui/react/macro';
import type { FedMessage, Home } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { href } from '../../../ui/route.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { useChatName } from '../../chats/index.ts';
import { listTime, plainName } from '../../timeline/index.ts';
import { excerpt, wordsOf } from '../model/words.ts';
import { useFound } from './useFound.ts';
import { useSearcher, useSearchState } from './useSearcher.ts';

interface FoundMessagesProps {
    home: Home;
    words: string;
    /** Only of this chat; without it of all. */
    chatId?: string | undefined;
}

/** Messages that hold all the words, the newest first; each leads to its place. */
export function FoundMessages({ home, words, chatId }: FoundMessagesProps) {
    const { t } = useLingui();
    const searcher = useSearcher(home);
    const { found, of, more } = useFound(searcher, words, chatId);
    const { messages, total } = found;
    if (words.trim() === '') {
        return null;
    }
    return (
        <section className="found" aria-label={t`Messages found`}>
            <h3>{t`Messages`}</h3>
            <p className="sr" role="status">
                {of === '' ? '' : <Plural value={total} one="# message" other="# messages" />}
            </p>
            <ul>
                {messages.map((message) => (
                    <li key={`${message.chatId}${message.id}`}>
                        <FoundRow home={home} message={message} words={of} inChat={!!chatId} />
                    </li>
                ))}
            </ul>
            {of !== '' && total === 0 ? (
                <p className="muted found-note">{t`No message has these words.`}</p>
            ) : null}
            {total > messages.length ? (
                <Button small look="quiet" onPress={more}>
                    <Trans>Show more</Trans>
                </Button>
            ) : null}
            <HowFar home={home} />
        </section>
    );
}

interface FoundRowProps {
    home: Home;
    message: FedMessage;
    words: string;
    inChat: boolean;
}

function FoundRow({ home, message, words, inChat }: FoundRowProps) {
    const locale = useLocale();
    const chat = home.chats.get(message.chatId);
    const chatName = useChatName(chat);
    const person = home.feed.person(message.chatId, message.senderId);
    const sender = plainName(person.name);
    const text = [message.text, message.media?.name].filter(Boolean).join(' · ');
    return (
        <a className="chat-row in" href={href('chat', message.chatId, message.id)}>
            <Avatar
                name={inChat ? sender : chatName}
                tone={inChat ? person.tone : (chat?.tone ?? person.tone)}
                group={!inChat && !chat?.isDirect}
                size="m"
            />
            <span className="name">
                <bdi className="clip">{inChat ? sender : chatName}</bdi>
            </span>
            <time dateTime={new Date(message.time).toISOString()}>
                {listTime(message.time, Date.now(), locale)}
            </time>
            <span className="last">
                {message.media ? <Icon name="file" size={16} /> : null}
                <span className="hits">
                    {inChat ? null : (
                        <span className="who">
                            <bdi>{sender}</bdi>:{' '}
                        </span>
                    )}
                    <bdi>
                        {excerpt(plainName(text), wordsOf(words)).map((piece, at) =>
                            piece.hit ? (
                                // biome-ignore lint/suspicious/noArrayIndexKey: pieces never move.
                                <mark key={at}>{piece.text}</mark>
                            ) : (
                                piece.text
                            ),
                        )}
                    </bdi>
                </span>
            </span>
            <span className="end-col" />
        </a>
    );
}

/** What of the past is not searched yet: said, since "nothing found" would be more than is true. */
function HowFar({ home }: { home: Home }) {
    const state = useSearchState(useSearcher(home));
    const { done, chats } = state;
    if (state.state === 'done') {
        return null;
    }
    if (state.state === 'failed') {
        return (
            <p className="muted found-note" role="status">
                <Trans>
                    The search can’t keep anything on this device, so it finds nothing. Reload the
                    page; if it stays so, tell your service desk.
                </Trans>
            </p>
        );
    }
    return (
        <div className="found-note">
            <p className="muted">
                <Trans>
                    Older messages are still being read: {done} of {chats} chats are complete.
                </Trans>
            </p>
            <progress max={Math.max(1, chats)} value={done} aria-hidden="true" />
        </div>
    );
}
