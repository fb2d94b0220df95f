import { useEffect, useRef } from 'react';
import type { Edge, Message } from '../../../matrix/index.ts';
import { announce } from '../../../ui/announce.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { fresh } from '../model/fresh.ts';
import { spoken } from './words.ts';

/** Reads out what others say while the chat is open: each message once, never what is fetched. */
export function useAnnounced(messages: readonly Message[], end: Edge): void {
    const locale = useLocale();
    const seen = useRef<string>(undefined);
    useEffect(() => {
        if (end !== 'end') {
            seen.current = undefined;
            return;
        }
        for (const message of fresh(messages, seen.current)) announce(spoken(message, locale));
        seen.current = messages.at(-1)?.key;
    }, [messages, end, locale]);
}
