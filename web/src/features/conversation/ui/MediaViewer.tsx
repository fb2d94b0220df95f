import { useLingui } from '@lingui/react/macro';
import { Dialog, Modal, ModalOverlay } from 'react-aria-components';
import type { MediaSource, Message } from '../../../matrix/index.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { fullMoment, plainName, saveAs, troubleLine, useMedia } from '../../timeline/index.ts';

interface MediaViewerProps {
    media: MediaSource;
    message: Message;
    onClose: () => void;
}

/** A photo or video over the whole window. */
export function MediaViewer({ media, message, onClose }: MediaViewerProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const state = useMedia(media, message.media, true);
    const name = plainName(message.media?.name ?? '');
    const who = plainName(message.sender.name);
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
                    <header className="row">
                        <p className="grow clip">
                            <b>{who}</b>{' '}
                            <span className="small">{fullMoment(message.time, locale)}</span>
                        </p>
                        {state.open ? (
                            <IconButton
                                icon="download"
                                label={t`Save`}
                                onPress={() => {
                                    if (state.open) saveAs(state.open, name || 'photo');
                                }}
                            />
                        ) : null}
                        <IconButton icon="x" label={t`Close`} onPress={onClose} />
                    </header>
                    <div className="viewer-stage">
                        {state.trouble ? <p>{troubleLine(state.trouble)}</p> : null}
                        {!state.open && !state.trouble ? (
                            <p className="loading">{t`Fetching`}</p>
                        ) : null}
                        {state.open && message.kind === 'video' ? (
                            // biome-ignore lint/a11y/useMediaCaption: senders give none.
                            <video src={state.open.url} controls autoPlay />
                        ) : null}
                        {state.open && message.kind !== 'video' ? (
                            <img
                                src={state.open.url}
                                alt={message.media?.alt || message.text || t`Photo`}
                            />
                        ) : null}
                    </div>
                    {message.text ? <p className="viewer-caption">{message.text}</p> : null}
                </Dialog>
            </Modal>
        </ModalOverlay>
    );
}
