import { Trans, useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, useState } from 'react';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { Media, MediaSource } from '../../../matrix/index.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import {
    fileSize,
    fullMoment,
    plainName,
    saveAs,
    troubleLine,
    useMedia,
} from '../../timeline/index.ts';
import { Photo } from './Photo.tsx';

/** One thing to be shown. */
export interface Shown {
    readonly key: string;
    readonly media: Media;
    readonly kind: 'image' | 'sticker' | 'video' | 'audio' | 'voice' | 'file';
    readonly who: string;
    readonly time: number;
    readonly caption: string;
}

interface ViewerProps {
    source: MediaSource;
    /** What can be leafed through, oldest first. */
    items: readonly Shown[];
    /** The key of the one to begin with. */
    start: string;
    onClose: () => void;
}

/**
 * A photo, video, sound or file over the whole window. Left and right leaf, plus and minus zoom, Esc
 * closes. What claims to be a picture and is none is offered as a file, never run.
 */
export function Viewer({ source, items, start, onClose }: ViewerProps) {
    const { t } = useLingui();
    const [key, setKey] = useState(start);
    const at = Math.max(
        0,
        items.findIndex((item) => item.key === key),
    );
    const item = items[at];
    if (!item) {
        return null;
    }
    const leaf = (step: -1 | 1) => {
        const next = items[at + step];
        if (next) setKey(next.key);
    };
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.target instanceof HTMLMediaElement) return; // Arrows seek there.
        if (event.key === 'ArrowLeft') leaf(-1);
        if (event.key === 'ArrowRight') leaf(1);
    };
    const name = plainName(item.media.name);
    return (
        <ModalOverlay
            className="scrim viewer-scrim"
            isOpen
            isDismissable
            onOpenChange={(is) => {
                if (!is) onClose();
            }}
        >
            <Modal className="viewer-modal">
                <Dialog className="viewer" aria-label={name || t`Photo`}>
                    {/* biome-ignore lint/a11y/noStaticElementInteractions: keys of the whole window. */}
                    <div className="viewer-all" onKeyDown={onKeyDown}>
                        <One key={item.key} source={source} item={item} onClose={onClose} />
                        {items.length > 1 ? (
                            <div className="viewer-leaf">
                                <IconButton
                                    icon="back"
                                    label={t`Before this one`}
                                    isDisabled={at === 0}
                                    onPress={() => leaf(-1)}
                                />
                                <span role="status" className="num small">
                                    <Trans>
                                        {at + 1} of {items.length}
                                    </Trans>
                                </span>
                                <IconButton
                                    icon="right"
                                    label={t`After this one`}
                                    isDisabled={at === items.length - 1}
                                    onPress={() => leaf(1)}
                                />
                            </div>
                        ) : null}
                    </div>
                </Dialog>
            </Modal>
        </ModalOverlay>
    );
}

interface OneProps {
    source: MediaSource;
    item: Shown;
    onClose: () => void;
}

function One({ source, item, onClose }: OneProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const state = useMedia(source, item.media, true);
    const [broken, setBroken] = useState(false);
    const name = plainName(item.media.name);
    const { open, trouble, loaded } = state;
    return (
        <>
            <header className="row">
                <p className="grow clip">
                    <b>
                        <bdi>{plainName(item.who)}</bdi>
                    </b>{' '}
                    <span className="small">{fullMoment(item.time, locale)}</span>
                </p>
                {open ? (
                    <IconButton
                        icon="download"
                        label={t`Save`}
                        onPress={() => saveAs(open, name || 'file')}
                    />
                ) : null}
                <IconButton icon="x" label={t`Close`} onPress={onClose} />
            </header>
            <div className="viewer-stage">
                {trouble ? <p role="alert">{troubleLine(trouble)}</p> : null}
                {!open && !trouble ? <Fetching loaded={loaded} total={item.media.size} /> : null}
                {open && broken ? <AsFile name={name} size={open.blob.size} broken /> : null}
                {open && !broken ? (
                    <Content
                        item={item}
                        url={open.url}
                        name={name}
                        onBroken={() => setBroken(true)}
                    />
                ) : null}
            </div>
            {item.caption ? <p className="viewer-caption">{item.caption}</p> : null}
        </>
    );
}

function Fetching({ loaded, total }: { loaded: number; total: number | undefined }) {
    const { t } = useLingui();
    return (
        <div className="stack-2" role="status">
            <p>{t`Fetching`}</p>
            {total ? (
                <progress className="big" max={total} value={loaded} aria-label={t`Fetching`} />
            ) : null}
        </div>
    );
}

interface ContentProps {
    item: Shown;
    url: string;
    name: string;
    onBroken: () => void;
}

function Content({ item, url, name, onBroken }: ContentProps) {
    const { t } = useLingui();
    switch (item.kind) {
        case 'image':
        case 'sticker':
            return (
                <Photo
                    url={url}
                    alt={item.media.alt || item.caption || t`Photo`}
                    onBroken={onBroken}
                />
            );
        case 'video':
            return (
                // biome-ignore lint/a11y/useMediaCaption: senders give none.
                <video src={url} controls autoPlay aria-label={name} onError={onBroken} />
            );
        case 'audio':
        case 'voice':
            return (
                // biome-ignore lint/a11y/useMediaCaption: senders give none.
                <audio src={url} controls aria-label={name || t`Voice note`} onError={onBroken} />
            );
        case 'file':
            return <AsFile name={name} size={item.media.size} />;
    }
}

interface AsFileProps {
    name: string;
    size: number | undefined;
    broken?: boolean;
}

function AsFile({ name, size, broken = false }: AsFileProps) {
    const locale = useLocale();
    return (
        <div className="viewer-file">
            <Icon name="file" size={32} />
            <b>
                <bdi>{name}</bdi>
            </b>
            {size ? <span className="small">{fileSize(size, locale)}</span> : null}
            {broken ? (
                <p>
                    <Trans>
                        This can’t be shown here. You can save it and look at it elsewhere.
                    </Trans>
                </p>
            ) : null}
        </div>
    );
}
