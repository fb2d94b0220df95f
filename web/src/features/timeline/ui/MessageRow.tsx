import { Trans, useLingui } from '@lingui/react/macro';
import { memo } from 'react';
import type { Message, Quote, Reaction } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { plainName } from '../model/safeHtml.ts';
import { clockTime, fullMoment } from '../model/when.ts';
import { Attachment } from './Attachment.tsx';
import { useTimelineActs } from './acts.ts';
import { MessageText } from './MessageText.tsx';
import { inOneLine, lockWords, spoken, stateWords, troubleLine } from './words.ts';

interface MessageRowProps {
    message: Message;
    continues: boolean;
    last: boolean;
    /** The one message of the list that Tab reaches. */
    active: boolean;
    /** Led to by a jump: shown for a moment. */
    found: boolean;
    selecting: boolean;
    selected: boolean;
    starred: boolean;
    /** Being deleted, and still to be had back. */
    deleting: boolean;
    picture: string | undefined;
    me: string;
    isGroup: boolean;
    locale: string;
}

/** One message. It is drawn again only when something in it changed. */
export const MessageRow = memo(function MessageRow(props: MessageRowProps) {
    const { message, continues, last, active, selecting, selected, found } = props;
    const acts = useTimelineActs();
    const names = ['msg'];
    if (message.own) names.push('own');
    if (continues) names.push('cont');
    if (found) names.push('found');
    if (selected) names.push('selected');
    return (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the list hears the keys for all its rows.
        <div
            role="listitem"
            className={names.join(' ')}
            data-message={message.key}
            tabIndex={active ? 0 : -1}
            aria-label={spoken(message, props.locale)}
            onFocus={(event) => {
                if (event.target === event.currentTarget) acts.setActive(message.key);
            }}
            onClick={selecting ? () => acts.toggle(message) : undefined}
            onContextMenu={(event) => {
                if ((event.target as Element).closest('a, img, video') && !event.shiftKey) return;
                event.preventDefault();
                acts.openMenu(message);
            }}
        >
            {selecting ? (
                <input
                    type="checkbox"
                    className="check pick"
                    checked={selected}
                    tabIndex={-1}
                    aria-label={inOneLine(message)}
                    onChange={() => acts.toggle(message)}
                    onClick={(event) => event.stopPropagation()}
                />
            ) : null}
            {message.own ? null : <Face {...props} shown={last} />}
            <div className="stackm">
                <Bubble {...props} />
                <Reactions message={message} reachable={active} />
                <Failed message={message} reachable={active} />
            </div>
        </div>
    );
});

function Face({ message, picture, shown, isGroup }: MessageRowProps & { shown: boolean }) {
    if (!isGroup) return null;
    if (!shown) return <span />;
    const { sender } = message;
    return <Avatar name={sender.name} tone={sender.tone} src={picture} size="s" />;
}

function Bubble(props: MessageRowProps) {
    const { message, continues, isGroup, active } = props;
    const { t } = useLingui();
    const acts = useTimelineActs();
    if (props.deleting) return <Deleting />;
    if (message.kind === 'locked') return <Locked {...props} />;
    const quiet = message.kind === 'deleted' || message.kind === 'unknown';
    const names = ['bubble'];
    if (message.edited) names.push('edited');
    if (message.kind === 'image' || message.kind === 'video') names.push('photo');
    if (quiet) names.push('healing');
    return (
        <div className={names.join(' ')}>
            {quiet || continues || message.own || !isGroup ? null : (
                <bdi className="from">{plainName(message.sender.name)}</bdi>
            )}
            {message.forwarded && !quiet ? (
                <span className="forwarded">
                    <Icon name="reply" size={14} className="mirror" />
                    <Trans>Forwarded</Trans>
                </span>
            ) : null}
            {message.replyTo && !quiet ? (
                <QuoteBox quote={message.replyTo} reachable={active} />
            ) : null}
            {quiet ? <Quiet message={message} /> : <Content {...props} />}
            <Meta {...props} />
            {message.status === 'sent' ? (
                <button
                    type="button"
                    className="msg-more"
                    tabIndex={-1}
                    aria-label={t`What can be done with this message`}
                    onClick={(event) => {
                        event.stopPropagation();
                        acts.openMenu(message);
                    }}
                >
                    <Icon name="down" size={16} />
                </button>
            ) : null}
        </div>
    );
}

function Deleting() {
    return (
        <div className="bubble healing">
            <Icon name="trash" />
            <div>
                <b>
                    <Trans>Being deleted</Trans>
                </b>
                <span className="small muted">
                    <Trans>In a moment members’ devices are told to remove it.</Trans>
                </span>
            </div>
        </div>
    );
}

function Content({ message, me, active, locale, starred }: MessageRowProps) {
    const { t } = useLingui();
    const edited = message.edited ? t`edited` : '';
    const signs = [message.pinned, starred, message.warning].filter(Boolean).map(() => '✓✓');
    const space = `${signs.join(' ')} ${edited} ${clockTime(message.time, locale)}${message.own ? ' ✓✓' : ''}`;
    return (
        <>
            {message.media ? <Attachment message={message} reachable={active} /> : null}
            {message.kind === 'emote' ? <b>{plainName(message.sender.name)} </b> : null}
            {message.text !== '' ? (
                <MessageText message={message} me={me} reachable={active} space={space} />
            ) : null}
        </>
    );
}

function Quiet({ message }: { message: Message }) {
    return (
        <>
            <Icon name={message.kind === 'deleted' ? 'trash' : 'info'} />
            <div>
                <span className="muted">{inOneLine(message)}</span>
                {message.kind === 'unknown' && message.text ? <span>{message.text}</span> : null}
            </div>
        </>
    );
}

function Locked({ message, active, locale }: MessageRowProps) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    const words = lockWords(message.locked ?? 'waiting');
    return (
        <div className="bubble healing">
            <Icon name="lock" />
            <div>
                <b>{words.title}</b>
                <span className="small muted">{words.detail}</span>
                <span className="row wrap">
                    {words.heals ? (
                        <button
                            className="btn btn-quiet btn-sm"
                            type="button"
                            tabIndex={active ? 0 : -1}
                            onClick={() => acts.askForKey(message)}
                        >
                            <Icon name="refresh" size={16} />
                            {t`Ask again`}
                        </button>
                    ) : null}
                    <time className="small muted">{clockTime(message.time, locale)}</time>
                </span>
            </div>
        </div>
    );
}

function QuoteBox({ quote, reachable }: { quote: Quote; reachable: boolean }) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    const name = quote.sender ? plainName(quote.sender.name) : '';
    const text =
        quote.state === 'gone'
            ? t`The message is not there any more.`
            : inOneLine({ kind: quote.kind ?? 'text', text: quote.text });
    return (
        <button
            type="button"
            className="quote"
            tabIndex={reachable ? 0 : -1}
            disabled={quote.state === 'gone'}
            onClick={(event) => {
                event.stopPropagation();
                acts.jumpTo(quote.id);
            }}
        >
            {name ? <b>{name}</b> : null}
            <span className="quoted" dir="auto">
                {text || '…'}
            </span>
        </button>
    );
}

function Meta({ message, locale, starred, active }: MessageRowProps) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    const below = message.media !== undefined && message.text === '';
    return (
        <span className={below ? 'meta below' : 'meta'}>
            {message.pinned ? <Icon name="pin" size={14} /> : null}
            {starred ? <Icon name="star" size={14} className="i-fill" /> : null}
            {message.warning ? (
                <span className="warned" title={t`Sent from a device that nobody confirmed`}>
                    <Icon name="warn" size={14} />
                </span>
            ) : null}
            {message.edited && message.kind !== 'deleted' ? (
                <button
                    className="edited-btn"
                    type="button"
                    tabIndex={active ? 0 : -1}
                    title={t`See what it said before`}
                    onClick={(event) => {
                        event.stopPropagation();
                        acts.showWordings(message);
                    }}
                >
                    <Trans>edited</Trans>
                </button>
            ) : null}
            <time
                dateTime={new Date(message.time).toISOString()}
                title={fullMoment(message.time, locale)}
            >
                {clockTime(message.time, locale)}
            </time>
            {message.own && message.kind !== 'deleted' ? <Tick message={message} /> : null}
        </span>
    );
}

function Tick({ message }: { message: Message }) {
    const words = stateWords(message);
    const waits = message.status === 'queued' || message.status === 'sending';
    const icon =
        message.status === 'failed'
            ? 'error'
            : waits
              ? 'clock'
              : message.readBy.length > 0 || message.readByAll
                ? 'checks'
                : 'check';
    return (
        <>
            <span className={message.readByAll ? 'tick read' : 'tick'} data-state={message.status}>
                <Icon name={icon} size={waits ? 14 : 16} />
            </span>
            <span className={message.status === 'queued' ? '' : 'sr'}>{words}</span>
        </>
    );
}

function Reactions({ message, reachable }: { message: Message; reachable: boolean }) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    if (message.reactions.length === 0) return null;
    return (
        <div className="reactions">
            {message.reactions.slice(0, 12).map((reaction: Reaction) => {
                const names = reaction.people.map((person) => plainName(person.name)).join(', ');
                const { emoji, count } = reaction;
                return (
                    <button
                        key={emoji}
                        type="button"
                        className="reaction"
                        aria-pressed={reaction.mine}
                        aria-label={t`${emoji}, ${count}: ${names}`}
                        title={names}
                        tabIndex={reachable ? 0 : -1}
                        disabled={!message.can.react && !reaction.mine}
                        onClick={(event) => {
                            event.stopPropagation();
                            acts.react(message, emoji);
                        }}
                    >
                        <span>{emoji.slice(0, 24)}</span> {count}
                    </button>
                );
            })}
        </div>
    );
}

function Failed({ message, reachable }: { message: Message; reachable: boolean }) {
    const acts = useTimelineActs();
    if (message.status !== 'failed') return null;
    return (
        <>
            <p className="error-text">{troubleLine(message.trouble)}</p>
            <span className="row">
                <button
                    className="btn btn-sm"
                    type="button"
                    tabIndex={reachable ? 0 : -1}
                    onClick={() => acts.resend(message)}
                >
                    <Trans>Send again</Trans>
                </button>
                <button
                    className="btn btn-quiet btn-sm"
                    type="button"
                    tabIndex={reachable ? 0 : -1}
                    onClick={() => acts.discard(message)}
                >
                    <Trans>Remove</Trans>
                </button>
            </span>
        </>
    );
}
