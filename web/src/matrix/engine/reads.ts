import type { MatrixEvent, Room } from 'matrix-js-sdk';
import type { Message, Person } from '../types.ts';
import type { People } from './people.ts';

const READERS_MAX = 100;

interface Reader {
    readonly person: Person;
    /** Up to which row the person has read. */
    readonly row: number;
}

/** Puts into own messages who has read them; rows that do not change stay the same object. */
export function withReaders(
    rows: readonly Message[],
    room: Room,
    people: People,
    myId: string,
): readonly Message[] {
    if (!rows.some((row) => row.own)) {
        return rows;
    }
    const readers = readersOf(rows, room, people, myId);
    const others = room.getJoinedMemberCount() - 1;
    // Furthest first: who has read row i are the first few, and neighbours share the list.
    const lists = new Map<number, readonly Person[]>();
    let changed = false;
    const next = rows.map((row, i) => {
        if (!row.own || row.status !== 'sent' || row.kind === 'system') {
            return row;
        }
        const count = readers.findLastIndex((reader) => reader.row >= i) + 1;
        let readBy = lists.get(count);
        if (!readBy) {
            readBy = readers.slice(0, count).map((reader) => reader.person);
            lists.set(count, readBy);
        }
        const readByAll = others > 0 && count >= Math.min(others, READERS_MAX);
        if (row.readByAll === readByAll && samePeople(row.readBy, readBy)) {
            return row;
        }
        changed = true;
        return { ...row, readBy, readByAll };
    });
    return changed ? next : rows;
}

function readersOf(
    rows: readonly Message[],
    room: Room,
    people: People,
    myId: string,
): readonly Reader[] {
    const rowOf = new Map(rows.map((row, i) => [row.id, i]));
    return room
        .getJoinedMembers()
        .filter((member) => member.userId !== myId)
        .slice(0, READERS_MAX)
        .map((member) => ({
            person: people.member(room.roomId, member),
            row: rowReadBy(member.userId, rows, rowOf, room),
        }))
        .filter((reader) => reader.row >= 0)
        .sort((a, b) => b.row - a.row);
}

/** A receipt may point at what is no row, as an edit: then the time decides. */
function rowReadBy(
    userId: string,
    rows: readonly Message[],
    rowOf: ReadonlyMap<string, number>,
    room: Room,
): number {
    const id = room.getEventReadUpTo(userId);
    if (!id) {
        return -1;
    }
    const row = rowOf.get(id);
    if (row !== undefined) {
        return row;
    }
    const event = room.findEventById(id);
    return event ? rows.findLastIndex((one) => one.time <= event.getTs()) : -1;
}

function samePeople(a: readonly Person[], b: readonly Person[]): boolean {
    return a === b || (a.length === b.length && a.every((person, i) => person === b[i]));
}

/** Who has read an event and when, newest first. */
export function receiptsOf(
    event: MatrixEvent,
    room: Room,
    people: People,
    myId: string,
): readonly { person: Person; time: number }[] {
    const id = event.getId();
    return room
        .getJoinedMembers()
        .filter(
            (member) => member.userId !== myId && id && room.hasUserReadEvent(member.userId, id),
        )
        .map((member) => ({
            person: people.member(room.roomId, member),
            time: room.getReadReceiptForUserId(member.userId)?.data.ts ?? 0,
        }))
        .sort((a, b) => b.time - a.time);
}
