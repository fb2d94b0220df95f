import { useEffect, useState } from 'react';
import type { ChatDetails, Home } from '../../../matrix/index.ts';

/** The details of a chat while a component is shown. */
export function useDetails(home: Home, chatId: string): ChatDetails | undefined {
    const [details, setDetails] = useState<ChatDetails>();
    useEffect(() => {
        const made = home.details(chatId);
        setDetails(made);
        return () => made.close();
    }, [home, chatId]);
    return details;
}
