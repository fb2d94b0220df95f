import type { MatrixClient, Room, RoomMember, User } from 'matrix-js-sdk';
import type { Person, Tone } from '../types.ts';

const TONES = 9;

/** The same hash on every device: the tone is a part of how people know each other. */
export function toneOf(id: string): Tone {
    let hash = 0;
    for (const char of id) {
        hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
    }
    return (hash % TONES) as Tone;
}

/** The part of an address before the colon: what to call somebody who has no name. */
export function localpartOf(id: string): string {
    return id.replace(/^@/, '').split(':')[0] || id;
}

/** Signs that turn the direction of text or show nothing have no place in a name. */
export function plainName(name: string | undefined, id: string): string {
    const plain = (name ?? '')
        .replace(/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/gu, '')
        .trim();
    return plain === '' ? localpartOf(id) : plain;
}

/** People as plain data; the same object for the same facts. */
export class People {
    readonly #client: MatrixClient;
    readonly #known = new Map<string, Person>();

    constructor(client: MatrixClient) {
        this.#client = client;
    }

    /** As known in a chat, where the name may tell two of one name apart. */
    inRoom(room: Room, id: string): Person {
        const member = room.getMember(id);
        if (!member) {
            return this.any(id);
        }
        return this.member(room.roomId, member);
    }

    member(roomId: string, member: RoomMember): Person {
        const name = plainName(member.name, member.userId);
        return this.#same(
            `${roomId} ${member.userId}`,
            member.userId,
            name,
            member.getMxcAvatarUrl(),
        );
    }

    /** As known outside of any chat. */
    any(id: string): Person {
        const user: User | null = this.#client.getUser(id);
        return this.#same(` ${id}`, id, plainName(user?.displayName, id), user?.avatarUrl);
    }

    of(id: string, name: string | undefined, avatarMxc: string | undefined): Person {
        return this.#same(`? ${id}`, id, plainName(name, id), avatarMxc);
    }

    #same(key: string, id: string, name: string, avatarMxc: string | undefined): Person {
        const known = this.#known.get(key);
        const picture = avatarMxc || undefined;
        if (known && known.name === name && known.avatarMxc === picture) {
            return known;
        }
        const person = { id, name, avatarMxc: picture, tone: toneOf(id) };
        this.#known.set(key, person);
        return person;
    }
}
