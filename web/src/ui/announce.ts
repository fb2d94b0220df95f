/**
 * Says something to screen readers, politely, without moving the focus. Two regions take turns, so
 * that the same words twice are read twice.
 */
import { create } from 'zustand';

interface Said {
    readonly words: readonly [string, string];
    readonly turn: 0 | 1;
}

export const useSaid = create<Said>(() => ({ words: ['', ''], turn: 0 }));

export function announce(text: string): void {
    const turn = useSaid.getState().turn === 0 ? 1 : 0;
    useSaid.setState({ words: turn === 0 ? [text, ''] : ['', text], turn });
}
