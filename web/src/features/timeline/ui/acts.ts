import { createContext, useContext } from 'react';
import type { MediaSource, Message } from '../../../matrix/index.ts';

/** What can be done from a row. One object for all rows, so that no row is drawn for its sake. */
export interface TimelineActs {
    readonly media: MediaSource;
    setActive(key: string): void;
    openMenu(message: Message): void;
    toggle(message: Message): void;
    react(message: Message, emoji: string): void;
    jumpTo(id: string): void;
    askForKey(message: Message): void;
    resend(message: Message): void;
    discard(message: Message): void;
    showWordings(message: Message): void;
    showMedia(message: Message): void;
}

export const TimelineActsContext = createContext<TimelineActs | undefined>(undefined);

export function useTimelineActs(): TimelineActs {
    const acts = useContext(TimelineActsContext);
    if (!acts) throw new Error('a row stands outside its timeline');
    return acts;
}
