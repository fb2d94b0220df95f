import type { ChatView, MediaSource, Message } from '../../../matrix/index.ts';
import { type Shown, Viewer } from '../../media/index.ts';

interface MessageViewerProps {
    media: MediaSource;
    view: ChatView;
    message: Message;
    onClose: () => void;
}

const SHOWN: ReadonlySet<string> = new Set(['image', 'sticker', 'video']);

/** The photos and videos of the messages that are loaded, beginning with one. */
export function MessageViewer({ media, view, message, onClose }: MessageViewerProps) {
    const loaded = view.snapshot().messages.some((each) => each.key === message.key);
    const messages = loaded ? view.snapshot().messages : [message];
    const items = messages.map(shownOf).filter((one) => one !== undefined);
    return <Viewer source={media} items={items} start={message.key} onClose={onClose} />;
}

function shownOf(message: Message): Shown | undefined {
    const { key, media, kind, sender, time, text } = message;
    return media && SHOWN.has(kind)
        ? { key, media, kind: kind as Shown['kind'], who: sender.name, time, caption: text }
        : undefined;
}
