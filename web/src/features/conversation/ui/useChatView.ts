import { useEffect, useState } from 'react';
import type { ChatView, Home } from '../../../matrix/index.ts';
import { useView } from '../../../ui/useView.ts';

/** The view of a chat while it is shown; undefined until the chat is there, and once it is gone. */
export function useChatView(home: Home, chatId: string): ChatView | undefined {
    const [view, setView] = useState<ChatView>();
    useView(home.chats);
    const there = home.chats.get(chatId) !== undefined;
    useEffect(() => {
        if (!there) return;
        const opened = home.chat(chatId);
        setView(opened);
        return () => {
            setView(undefined);
            opened.close();
        };
    }, [home, chatId, there]);
    return view?.id === chatId ? view : undefined;
}
