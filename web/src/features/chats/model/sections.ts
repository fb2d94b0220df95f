/** The list of chats as it is shown: invitations, pinned ones, the others; and what is searched. */
import type { ChatSummary } from '../../../matrix/index.ts';

export type Show = 'all' | 'unread' | 'groups' | 'favourites' | 'archived';

export type Section = 'invitations' | 'pinned' | 'recent' | 'archived' | 'found';

export type ListRow =
    | { readonly kind: 'heading'; readonly key: string; readonly section: Section }
    | { readonly kind: 'chat'; readonly key: string; readonly chat: ChatSummary };

export function isUnread(chat: ChatSummary): boolean {
    return chat.unread > 0 || chat.markedUnread || chat.membership === 'invite';
}

/** How many chats the "unread" filter would show. */
export function unreadChats(chats: readonly ChatSummary[]): number {
    return chats.filter((chat) => !chat.archived && isUnread(chat) && !chat.muted).length;
}

function fits(chat: ChatSummary, show: Show): boolean {
    switch (show) {
        case 'archived':
            return chat.archived;
        case 'unread':
            return !chat.archived && isUnread(chat);
        case 'groups':
            return !chat.archived && !chat.isDirect;
        case 'favourites':
            return !chat.archived && chat.pinned;
        case 'all':
            return !chat.archived;
    }
}

/** The rows under a filter; the chat that is open stays although it has just been read. */
export function sections(
    chats: readonly ChatSummary[],
    show: Show,
    open: string | undefined,
): readonly ListRow[] {
    const shown = chats.filter(
        (chat) => fits(chat, show) || (show === 'unread' && chat.id === open),
    );
    const parts: [Section, (chat: ChatSummary) => boolean][] =
        show === 'archived'
            ? [['archived', () => true]]
            : [
                  ['invitations', (chat) => chat.membership === 'invite'],
                  ['pinned', (chat) => chat.membership !== 'invite' && chat.pinned],
                  ['recent', (chat) => chat.membership !== 'invite' && !chat.pinned],
              ];
    return headed(parts.map(([section, belongs]) => [section, shown.filter(belongs)]));
}

function headed(parts: readonly (readonly [Section, readonly ChatSummary[]])[]): ListRow[] {
    const filled = parts.filter(([, chats]) => chats.length > 0);
    // One part alone needs no name over it.
    const named = filled.length > 1 || filled[0]?.[0] === 'invitations';
    return filled.flatMap(([section, chats]) => [
        ...(named ? [{ kind: 'heading' as const, key: section, section }] : []),
        ...chats.map((chat) => ({ kind: 'chat' as const, key: chat.id, chat })),
    ]);
}

/** The next chat in the list, for the keys; over headings, not round the end. */
export function neighbour(
    rows: readonly ListRow[],
    open: string | undefined,
    step: 1 | -1,
    unreadOnly = false,
): string | undefined {
    const chats = rows.flatMap((row) => (row.kind === 'chat' ? [row.chat] : []));
    let at = chats.findIndex((chat) => chat.id === open);
    if (at < 0) at = step === 1 ? -1 : chats.length;
    for (let n = at + step; n >= 0 && n < chats.length; n += step) {
        const chat = chats[n];
        if (chat && (!unreadOnly || isUnread(chat))) return chat.id;
    }
    return undefined;
}
