import { describe, expect, test } from 'vitest';
import type { ChatSummary } from '../../../matrix/index.ts';
import { neighbour, sections, unreadChats } from './sections.ts';

function chat(id: string, rest: Partial<ChatSummary> = {}): ChatSummary {
    return {
        id,
        name: id,
        tone: 0,
        isDirect: true,
        kind: 'chat',
        encrypted: true,
        unread: 0,
        mentions: 0,
        markedUnread: false,
        muted: false,
        pinned: false,
        archived: false,
        typing: [],
        membership: 'join',
        time: 0,
        memberCount: 2,
        ...rest,
    };
}

const chats = [
    chat('a', { unread: 2 }),
    chat('b', { pinned: true }),
    chat('c', { isDirect: false, muted: true, unread: 1 }),
    chat('d', { archived: true, unread: 9 }),
    chat('e', { membership: 'invite' }),
];
const keys = (show: Parameters<typeof sections>[1], open?: string) =>
    sections(chats, show, open).map((row) => row.key);

describe('the list of chats', () => {
    test('invitations come first, then what is pinned, then the rest', () => {
        expect(keys('all')).toEqual(['invitations', 'e', 'pinned', 'b', 'recent', 'a', 'c']);
    });

    test('filters show what they say', () => {
        expect(keys('groups')).toEqual(['c']);
        expect(keys('favourites')).toEqual(['b']);
        expect(keys('archived')).toEqual(['d']);
        expect(keys('unread')).toEqual(['invitations', 'e', 'recent', 'a', 'c']);
    });

    test('a chat that has just been read stays while it is open', () => {
        expect(keys('unread', 'b')).toContain('b');
    });

    test('muted and archived chats do not count as unread', () => {
        expect(unreadChats(chats)).toBe(2);
    });

    test('the keys go from chat to chat, and to unread ones alone', () => {
        const rows = sections(chats, 'all', undefined);

        expect(neighbour(rows, 'e', 1)).toBe('b');
        expect(neighbour(rows, 'e', -1)).toBeUndefined();
        expect(neighbour(rows, 'b', 1, true)).toBe('a');
        expect(neighbour(rows, undefined, 1)).toBe('e');
    });
});
