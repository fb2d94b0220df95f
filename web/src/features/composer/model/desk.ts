/** What is on the desk of each chat: what is answered, what is edited, what is chosen. */
import { create } from 'zustand';
import type { Message } from '../../../matrix/index.ts';
import { draftOf, setEdit } from './drafts.ts';

export interface Desk {
    readonly reply?: Message | undefined;
    readonly edit?: Message | undefined;
    /** Chosen messages by key; undefined when nothing is being chosen. */
    readonly selected?: ReadonlyMap<string, Message> | undefined;
}

const EMPTY: Desk = {};
const CHOSEN_MAX = 100;

export const useDesks = create<{ readonly desks: ReadonlyMap<string, Desk> }>(() => ({
    desks: new Map(),
}));

export function useDesk(chatId: string): Desk {
    return useDesks((state) => state.desks.get(chatId) ?? EMPTY);
}

function change(chatId: string, to: (desk: Desk) => Desk): void {
    const { desks } = useDesks.getState();
    useDesks.setState({ desks: new Map(desks).set(chatId, to(desks.get(chatId) ?? EMPTY)) });
}

export function answer(chatId: string, reply: Message | undefined): void {
    setEdit(chatId, undefined);
    change(chatId, () => ({ reply }));
}

/** Begins to change a message, or goes on where it was; ends it when there is none. */
export function rewrite(chatId: string, edit: Message | undefined): void {
    const going = draftOf(chatId).edit;
    if (!edit) setEdit(chatId, undefined);
    else if (going?.id !== edit.id) setEdit(chatId, { id: edit.id, text: edit.text });
    change(chatId, () => ({ edit }));
}

export function clearDesk(chatId: string): void {
    setEdit(chatId, undefined);
    change(chatId, () => EMPTY);
}

export function choose(chatId: string, message: Message): void {
    change(chatId, (desk) => {
        const selected = new Map(desk.selected);
        if (!selected.delete(message.key) && selected.size < CHOSEN_MAX) {
            selected.set(message.key, message);
        }
        return { ...desk, selected };
    });
}

export function chooseNothing(chatId: string): void {
    change(chatId, ({ selected: _, ...desk }) => desk);
}

export function deskOf(chatId: string): Desk {
    return useDesks.getState().desks.get(chatId) ?? EMPTY;
}
