import { EventType, type MatrixEvent, type Room } from 'matrix-js-sdk';
import type { SystemChange } from '../types.ts';
import { type People, plainName } from './people.ts';

const WORDS_MAX = 500;

/** What a state event says, as data; undefined for what nobody needs to be told. */
export function systemChange(
    event: MatrixEvent,
    room: Room,
    people: People,
): SystemChange | undefined {
    const who = people.inRoom(room, event.getSender() ?? '');
    const content = event.getContent();
    switch (event.getType()) {
        case EventType.RoomMember:
            return membershipChange(event, room, people);
        case EventType.RoomCreate:
            return { what: 'created', who };
        case EventType.RoomName:
            return { what: 'named', who, name: words(content.name) };
        case EventType.RoomTopic:
            return { what: 'described', who, text: words(content.topic) };
        case EventType.RoomAvatar:
            return { what: 'pictured', who };
        case EventType.RoomEncryption:
            return { what: 'encrypted', who };
        case EventType.RoomPinnedEvents:
            return { what: 'pinned', who };
        case EventType.RoomPowerLevels:
            return isFirst(event) ? undefined : { what: 'powers', who };
        case EventType.RoomJoinRules:
            return isFirst(event) ? undefined : { what: 'access', who, to: access(content) };
        case EventType.RoomTombstone:
            return { what: 'replaced', who, by: words(content.replacement_room) };
        default:
            return undefined;
    }
}

function isFirst(event: MatrixEvent): boolean {
    return Object.keys(event.getPrevContent()).length === 0;
}

function words(value: unknown): string {
    return typeof value === 'string' ? value.slice(0, WORDS_MAX) : '';
}

function access(content: Record<string, unknown>): 'invited' | 'asking' | 'anyone' {
    switch (content.join_rule) {
        case 'public':
            return 'anyone';
        case 'knock':
        case 'knock_restricted':
            return 'asking';
        default:
            return 'invited';
    }
}

function membershipChange(
    event: MatrixEvent,
    room: Room,
    people: People,
): SystemChange | undefined {
    const who = people.inRoom(room, event.getSender() ?? '');
    const whom = people.inRoom(room, event.getStateKey() ?? '');
    const before = event.getPrevContent();
    const now = event.getContent();
    const self = who.id === whom.id;
    const was: unknown = before.membership;
    switch (now.membership) {
        case 'invite':
            return { what: 'invited', who, whom };
        case 'knock':
            return { what: 'asked', who };
        case 'ban':
            return { what: 'banned', who, whom };
        case 'join':
            return was === 'join' ? profileChange(event) : { what: 'joined', who };
        case 'leave':
            if (was === 'ban') {
                return { what: 'unbanned', who, whom };
            }
            if (was === 'invite') {
                return self ? { what: 'declined', who } : { what: 'withdrawn', who, whom };
            }
            return self ? { what: 'left', who } : { what: 'removed', who, whom };
        default:
            return undefined;
    }

    function profileChange(changed: MatrixEvent): SystemChange | undefined {
        const id = changed.getStateKey() ?? '';
        if (before.displayname !== now.displayname) {
            const from = plainName(before.displayname, id);
            return { what: 'renamed-self', who, from, to: plainName(now.displayname, id) };
        }
        return before.avatar_url === now.avatar_url ? undefined : { what: 'avatar-self', who };
    }
}
