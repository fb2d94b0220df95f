/** Every key that does something. On a Mac `Ctrl` is `Cmd`. */
export type Act =
    | 'find'
    | 'new-chat'
    | 'previous-chat'
    | 'next-chat'
    | 'next-unread'
    | 'edit-last'
    | 'reply'
    | 'react'
    | 'who'
    | 'part'
    | 'back'
    | 'menu'
    | 'help';

export interface Shortcut {
    readonly act: Act;
    readonly keys: readonly string[];
    /** A single letter or sign, which can be switched off. */
    readonly single?: boolean;
}

export const SHORTCUTS: readonly Shortcut[] = [
    { act: 'find', keys: ['Ctrl', 'K'] },
    { act: 'new-chat', keys: ['Ctrl', 'Alt', 'N'] },
    { act: 'previous-chat', keys: ['Alt', '↑'] },
    { act: 'next-chat', keys: ['Alt', '↓'] },
    { act: 'next-unread', keys: ['Alt', 'Shift', '↓'] },
    { act: 'edit-last', keys: ['↑'] },
    { act: 'menu', keys: ['Enter'] },
    { act: 'reply', keys: ['R'], single: true },
    { act: 'react', keys: ['E'], single: true },
    { act: 'who', keys: ['Ctrl', 'Alt', 'I'] },
    { act: 'part', keys: ['F6'] },
    { act: 'back', keys: ['Esc'] },
    { act: 'help', keys: ['?'], single: true },
];

export function keysFor(shortcut: Shortcut, isMac: boolean): readonly string[] {
    return isMac ? shortcut.keys.map((key) => (key === 'Ctrl' ? '⌘' : key)) : shortcut.keys;
}
