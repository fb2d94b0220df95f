import { describe, expect, test } from 'vitest';
import type { Message, Person } from '../../../matrix/index.ts';
import { holds, indexOfKey, RowBuilder } from './rows.ts';

const ruth: Person = { id: '@ruth:x', name: 'Ruth', tone: 1 };
const omar: Person = { id: '@omar:x', name: 'Omar', tone: 2 };
const NOON = new Date(2026, 10, 20, 12, 0).getTime();

function message(
    key: string,
    sender: Person,
    minute: number,
    rest: Partial<Message> = {},
): Message {
    return {
        key,
        id: `$${key}`,
        sender,
        own: false,
        time: NOON + minute * 60_000,
        status: 'sent',
        kind: 'text',
        text: key,
        mentionsMe: false,
        mentions: [],
        reactions: [],
        readBy: [],
        readByAll: false,
        pinned: false,
        forwarded: false,
        can: { edit: false, delete: false, react: true, reply: true, pin: false },
        ...rest,
    };
}

const input = { hidden: new Set<string>(), firstUnread: undefined, unread: 0 };

describe('rows', () => {
    test('messages of one person within five minutes are one group', () => {
        const messages = [
            message('a', ruth, 0),
            message('b', ruth, 1),
            message('c', omar, 2),
            message('d', omar, 20),
        ];

        const rows = new RowBuilder().build({ ...input, messages });

        expect(
            rows.map((r) => (r.kind === 'message' ? `${r.key}${+r.continues}${+r.last}` : r.kind)),
        ).toEqual(['day', 'a00', 'b11', 'c01', 'd01']);
    });

    test('the unread line counts what comes while one looks', () => {
        const before = [message('a', ruth, 0), message('b', omar, 1)];
        const since = [
            message('c', ruth, 2, { own: true }),
            message('d', omar, 3),
            message('e', omar, 4, { kind: 'system' }),
        ];
        const builder = new RowBuilder();
        const build = (messages: readonly Message[]) =>
            builder
                .build({ ...input, messages, firstUnread: 'b', unread: 1 })
                .find((row) => row.kind === 'unread');

        expect(build(before)).toMatchObject({ count: 1 });
        expect(build([...before, ...since])).toMatchObject({ count: 2 });
    });

    test('a day and the unread line break a group', () => {
        const messages = [message('a', ruth, 0), message('b', ruth, 1), message('c', ruth, 1441)];

        const rows = new RowBuilder().build({ ...input, messages, firstUnread: 'b', unread: 2 });

        expect(rows.map((r) => r.kind)).toEqual([
            'day',
            'message',
            'unread',
            'message',
            'day',
            'message',
        ]);
        expect(rows[1]).toMatchObject({ last: true });
        expect(rows[3]).toMatchObject({ continues: false });
    });

    test('lines of the system that follow each other are one row', () => {
        const system = { kind: 'system', system: { what: 'joined', who: ruth } } as const;
        const messages = [
            message('a', ruth, 0, system),
            message('b', omar, 0, system),
            message('c', ruth, 1),
        ];

        const rows = new RowBuilder().build({ ...input, messages });

        expect(rows.map((r) => r.kind)).toEqual(['day', 'system', 'message']);
        expect(indexOfKey(rows, 'b')).toBe(1);
    });

    test('what is hidden on this account is not there', () => {
        const messages = [message('a', ruth, 0), message('b', ruth, 1)];

        const rows = new RowBuilder().build({ ...input, messages, hidden: new Set(['$a']) });

        expect(rows.map((r) => r.key)).toEqual([expect.stringContaining('day'), 'b']);
    });

    test('a row that did not change is the same object', () => {
        const builder = new RowBuilder();
        const messages = [message('a', ruth, 0), message('b', omar, 1)];

        const before = builder.build({ ...input, messages });
        const after = builder.build({
            ...input,
            messages: [...messages, message('c', omar, 2)],
        });

        expect(after[1]).toBe(before[1]);
        expect(after[2]).not.toBe(before[2]);
    });
});

describe('a row that changes its height', () => {
    const above = { start: 0, end: 44 };
    const across = { start: 30, end: 90 };
    const below = { start: 60, end: 120 };

    test('takes the window along when it lies above what is read', () => {
        expect(holds(above, 44, true)).toBe(true);
        expect(holds(above, 44, false)).toBe(true);
    });

    test('grows downwards from the upper edge, unless it was only guessed', () => {
        expect(holds(across, 44, true)).toBe(false);
        expect(holds(across, 44, false)).toBe(true);
    });

    test('leaves the window alone when it lies below', () => {
        expect(holds(below, 44, true)).toBe(false);
        expect(holds(below, 44, false)).toBe(false);
    });
});
