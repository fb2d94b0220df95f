import type { Room } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import type { Message } from '../types.ts';
import type { People } from './people.ts';
import { withReaders } from './reads.ts';

const people = {
    member: (_: string, { userId }: { userId: string }) => ({ id: userId, name: userId, tone: 0 }),
} as unknown as People;

function room(upTo: Record<string, string>): Room {
    const members = ['@me:x', ...Object.keys(upTo)].map((userId) => ({ userId }));
    return {
        roomId: '!r',
        getJoinedMembers: () => members,
        getJoinedMemberCount: () => members.length,
        getEventReadUpTo: (id: string) => upTo[id] ?? null,
        findEventById: () => undefined,
    } as unknown as Room;
}

function row(id: string, own: boolean): Message {
    return {
        id,
        own,
        status: 'sent',
        kind: 'text',
        readBy: [],
        readByAll: false,
    } as unknown as Message;
}

const rows = [row('$1', true), row('$2', false), row('$3', true)];
const names = (message: Message | undefined) => message?.readBy.map((person) => person.id);

describe('who has read a message', () => {
    it('are those who read it or a later one', () => {
        const read = withReaders(rows, room({ '@a:x': '$1', '@b:x': '$3' }), people, '@me:x');

        expect(names(read[0])?.sort()).toEqual(['@a:x', '@b:x']);
        expect(read[0]?.readByAll).toBe(true);
        expect(names(read[2])).toEqual(['@b:x']);
        expect(read[2]?.readByAll).toBe(false);
    });

    it('is told of own messages only', () => {
        const read = withReaders(rows, room({ '@a:x': '$3' }), people, '@me:x');

        expect(read[1]).toBe(rows[1]);
    });

    it('leaves the rows as they are when nobody has', () => {
        expect(withReaders(rows, room({ '@a:x': '$0' }), people, '@me:x')).toBe(rows);
    });
});
