import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Media, Message } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { fitted } from '../model/fitted.ts';
import { plainName } from '../model/safeHtml.ts';
import { duration, fileSize } from '../model/when.ts';
import { useTimelineActs } from './acts.ts';
import { saveAs, useMedia } from './useMedia.ts';
import { VoiceNote } from './VoiceNote.tsx';
import { inOneLine, troubleLine } from './words.ts';

interface AttachmentProps {
    message: Message;
    reachable: boolean;
}

export function Attachment({ message, reachable }: AttachmentProps) {
    const { media, kind } = message;
    if (!media) return null;
    if (message.upload || message.status !== 'sent') {
        if (kind !== 'image')
            return <FileBox message={message} media={media} reachable={reachable} />;
    }
    if (kind === 'image' || kind === 'sticker') {
        return <Picture message={message} media={media} reachable={reachable} />;
    }
    if (kind === 'video') return <Film message={message} media={media} reachable={reachable} />;
    if (kind === 'voice' || kind === 'audio')
        return <VoiceNote media={media} reachable={reachable} />;
    return <FileBox message={message} media={media} reachable={reachable} />;
}

interface PartProps {
    message: Message;
    media: Media;
    reachable: boolean;
}

/** A photo. Its height is kept free before it is there, so that nothing jumps. */
function Picture({ message, media, reachable }: PartProps) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    const size = fitted(media.width, media.height);
    const there = message.status === 'sent' && !message.upload;
    const [small, setSmall] = useState(true);
    const [broken, setBroken] = useState(false);
    const plain =
        media.file || !small
            ? undefined
            : acts.media.thumbnailUrl(media.mxc, size.width * 2, size.height * 2);
    const state = useMedia(acts.media, media.thumbnail ?? media, there && plain === undefined);
    const src = there ? (plain ?? state.open?.url) : undefined;
    const words = media.alt || message.text || t`Photo`;
    return (
        <span className="block pic-box" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
            {src && !broken ? (
                <button
                    type="button"
                    className="pic-btn in"
                    tabIndex={reachable ? 0 : -1}
                    aria-label={t`Open the photo: ${words}`}
                    onClick={(event) => {
                        event.stopPropagation();
                        acts.showMedia(message);
                    }}
                >
                    <img
                        className="pic"
                        src={src}
                        alt={words}
                        width={size.width}
                        height={size.height}
                        decoding="async"
                        // Where the server made no small one, the whole picture is fetched.
                        onError={() => (plain ? setSmall(false) : setBroken(true))}
                    />
                </button>
            ) : (
                <span className="pic-wait">
                    <Icon name={broken || state.trouble ? 'error' : 'clock'} size={24} />
                    {broken || state.trouble ? t`The photo can’t be shown.` : null}
                </span>
            )}
            {message.upload ? <Under message={message} reachable={reachable} /> : null}
        </span>
    );
}

function Film({ message, media, reachable }: PartProps) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    const size = fitted(media.width, media.height);
    const state = useMedia(acts.media, media.thumbnail, media.thumbnail !== undefined);
    const name = plainName(media.name);
    return (
        <span className="block pic-box" style={{ aspectRatio: `${size.width} / ${size.height}` }}>
            <button
                type="button"
                className="pic-btn film in"
                tabIndex={reachable ? 0 : -1}
                aria-label={t`Play the video ${name}`}
                onClick={(event) => {
                    event.stopPropagation();
                    acts.showMedia(message);
                }}
            >
                {state.open ? <img className="pic" src={state.open.url} alt="" /> : null}
                <span className="play-sign">
                    <Icon name="play" size={24} />
                </span>
                {media.durationMs ? (
                    <span className="length">{duration(media.durationMs)}</span>
                ) : null}
            </button>
        </span>
    );
}

/** A file with its name and size, and how far it is while it goes up or comes down. */
function FileBox({ message, media, reachable }: PartProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const acts = useTimelineActs();
    const [wanted, setWanted] = useState(false);
    const state = useMedia(acts.media, media, wanted);
    const name = plainName(media.name) || t`File`;
    const size = media.size === undefined ? '' : fileSize(media.size, locale);
    const ending = /\.([\p{L}\p{N}]{1,5})$/u.exec(name)?.[1]?.toUpperCase();
    const detail = [ending, size].filter(Boolean).join(', ');
    return (
        <span className="block file">
            <span className="ic">
                <Icon name="file" size={24} />
            </span>
            <span className="grow">
                <b>
                    <bdi>{name}</bdi>
                </b>
                {message.upload || message.status !== 'sent' ? (
                    <Progress message={message} name={name} />
                ) : (
                    <span className="small muted">
                        {state.trouble ? troubleLine(state.trouble) : detail}
                    </span>
                )}
                {wanted && !state.open && !state.trouble ? (
                    <progress
                        max={media.size ?? 1}
                        value={state.loaded}
                        aria-label={t`Fetching ${name}`}
                    />
                ) : null}
            </span>
            {message.status === 'sent' ? (
                <button
                    type="button"
                    className="icon-btn dense"
                    tabIndex={reachable ? 0 : -1}
                    aria-label={state.open ? t`Save ${name}` : t`Download ${name}`}
                    onClick={(event) => {
                        event.stopPropagation();
                        if (state.open) saveAs(state.open, name);
                        else setWanted(true);
                    }}
                    ref={(button) => {
                        if (button && state.open && !button.dataset.saved) {
                            button.dataset.saved = 'yes';
                            saveAs(state.open, name);
                        }
                    }}
                >
                    <Icon name="download" />
                </button>
            ) : (
                <Stop message={message} name={name} reachable={reachable} />
            )}
        </span>
    );
}

function Progress({ message, name }: { message: Message; name: string }) {
    const { t } = useLingui();
    const locale = useLocale();
    const upload = message.upload;
    if (!upload || message.status === 'queued') {
        return <span className="small muted">{t`Waits for the line`}</span>;
    }
    const loaded = fileSize(upload.loaded, locale);
    const total = fileSize(upload.total, locale);
    return (
        <>
            <progress max={upload.total} value={upload.loaded} aria-label={t`Sending ${name}`} />
            <span className="small muted">{t`Sending: ${loaded} of ${total}`}</span>
        </>
    );
}

function Stop({
    message,
    name,
    reachable,
}: {
    message: Message;
    name: string;
    reachable: boolean;
}) {
    const { t } = useLingui();
    const acts = useTimelineActs();
    return (
        <button
            type="button"
            className="icon-btn dense"
            tabIndex={reachable ? 0 : -1}
            aria-label={t`Do not send ${name}`}
            onClick={(event) => {
                event.stopPropagation();
                acts.discard(message);
            }}
        >
            <Icon name="x" />
        </button>
    );
}

function Under({ message, reachable }: { message: Message; reachable: boolean }) {
    const name = inOneLine(message);
    return (
        <span className="under row">
            <span className="grow">
                <Progress message={message} name={name} />
            </span>
            <Stop message={message} name={name} reachable={reachable} />
        </span>
    );
}
