import type { Home } from '../../../matrix/index.ts';
import { FindPanel } from '../../search/index.ts';
import { GalleryPanel } from './GalleryPanel.tsx';
import { InfoPanel } from './InfoPanel.tsx';
import { WhoPanel } from './WhoPanel.tsx';

interface ChatPanelProps {
    home: Home;
    chatId: string;
    /** From the address: `#/chat/…/panel/<name>`. */
    name: string;
}

/** What stands beside a chat, by its name; nothing for a name that there is not. */
export function ChatPanel({ home, chatId, name }: ChatPanelProps) {
    switch (name) {
        case 'who':
            return <WhoPanel key={chatId} home={home} chatId={chatId} />;
        case 'info':
            return <InfoPanel key={chatId} home={home} chatId={chatId} />;
        case 'media':
            return <GalleryPanel key={chatId} home={home} chatId={chatId} />;
        case 'find':
            return <FindPanel key={chatId} home={home} chatId={chatId} />;
        default:
            return null;
    }
}
