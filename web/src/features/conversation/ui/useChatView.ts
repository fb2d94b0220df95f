import { useEffect, useState } from 'react';
import type { ChatView, Home } from '../../../matrix/index.ts';

/** The view of a chat while it is shown. */
export function useChatView(home: Home, chatId: string): ChatView | undefined {
    const [view, setView] = useState<ChatView>();
    useEffect(() => {
        const opened = home.chat(chatId);
        setView(opened);
        return () => {
            setView(undefined);
            opened.close();
        };
    }, [home, chatId]);
    return view?.id === chatId ? view : undefined;
}
