import { useEffect, useState } from 'react';
import type { Home, Message } from '../../../matrix/index.ts';

/** One message from anywhere; undefined while it is fetched, and when it is gone. */
export function useMessage(home: Home, chatId: string, id: string): Message | undefined {
    const [message, setMessage] = useState<Message>();
    useEffect(() => {
        if (!home.chats.get(chatId)) return;
        let gone = false;
        const view = home.chat(chatId);
        const there = view.snapshot().messages.find((each) => each.id === id);
        if (there) setMessage(there);
        else {
            view.message(id).then(
                (found) => {
                    if (!gone) setMessage(found);
                },
                () => undefined,
            );
        }
        view.close();
        return () => {
            gone = true;
        };
    }, [home, chatId, id]);
    return message;
}
