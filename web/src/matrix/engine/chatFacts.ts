import { EventType, type Room } from 'matrix-js-sdk';
import type { ChatSnapshot, Member, Person } from '../types.ts';
import type { Chats } from './chatList.ts';
import type { People } from './people.ts';

const MODERATOR = 50;
const PINNED_MAX = 100;
const TOPIC_MAX = 2_000;
const NOBODY: readonly Person[] = [];

interface Rights {
    readonly write: boolean;
    readonly deleteAny: boolean;
    readonly pin: boolean;
    readonly pinned: readonly string[];
}

function content(room: Room, type: string): Record<string, unknown> {
    return room.currentState.getStateEvents(type, '')?.getContent() ?? {};
}

function maySend(room: Room, type: string, myId: string): boolean {
    return room.currentState.maySendStateEvent(type, myId);
}

/** What one may do here, and what is pinned. */
export function rightsOf(room: Room, myId: string): Rights {
    const state = room.currentState;
    const pinned = content(room, EventType.RoomPinnedEvents).pinned;
    return {
        write: writable(room, myId) === 'yes',
        deleteAny: state.hasSufficientPowerLevelFor('redact', powerOf(room, myId)),
        pin: maySend(room, EventType.RoomPinnedEvents, myId),
        pinned: Array.isArray(pinned)
            ? pinned.filter((id): id is string => typeof id === 'string').slice(-PINNED_MAX)
            : [],
    };
}

/** Creators of new rooms stand above every number. */
export function powerOf(room: Room, userId: string): number {
    return room.getMember(userId)?.powerLevel ?? 0;
}

function writable(room: Room, myId: string): ChatSnapshot['writable'] {
    if (room.getMyMembership() !== 'join') {
        return 'left';
    }
    if (room.currentState.getStateEvents(EventType.RoomTombstone, '')) {
        return 'replaced';
    }
    return room.currentState.maySendMessage(myId) ? 'yes' : 'no-right';
}

export type Facts = Pick<ChatSnapshot, 'chat' | 'typing' | 'pinned' | 'topic' | 'writable' | 'can'>;

export function chatFacts(room: Room, chats: Chats, _people: People, myId: string): Facts {
    const chat = chats.get(room.roomId);
    const topic = content(room, EventType.RoomTopic).topic;
    const state = room.currentState;
    const power = powerOf(room, myId);
    return {
        chat,
        typing: chat?.typing ?? NOBODY,
        pinned: rightsOf(room, myId).pinned,
        topic: typeof topic === 'string' ? topic.slice(0, TOPIC_MAX) : '',
        writable: writable(room, myId),
        can: {
            invite: room.canInvite(myId),
            rename: maySend(room, EventType.RoomName, myId),
            remove: state.hasSufficientPowerLevelFor('kick', power),
            pin: maySend(room, EventType.RoomPinnedEvents, myId),
            mentionAll: state.mayTriggerNotifOfType('room', myId),
        },
    };
}

/** The people of a chat, by name. */
export function membersOf(room: Room, people: People): readonly Member[] {
    const own = room.myUserId.slice(room.myUserId.indexOf(':'));
    const membership = { join: 'join', invite: 'invite', knock: 'ask' } as const;
    return room
        .getMembers()
        .flatMap((member) => {
            const state = membership[member.membership as keyof typeof membership];
            return state ? [{ member, state }] : [];
        })
        .map(({ member, state }) => ({
            ...people.member(room.roomId, member),
            membership: state,
            role: roleOf(room, member.userId, member.powerLevel),
            outside: !member.userId.endsWith(own),
        }))
        .sort((a, b) => a.name.localeCompare(b.name));
}

function roleOf(room: Room, userId: string, power: number): Member['role'] {
    const create = room.currentState.getStateEvents(EventType.RoomCreate, '');
    const more = create?.getContent().additional_creators;
    const created =
        create?.getSender() === userId || (Array.isArray(more) && more.includes(userId));
    if (created || power >= 100) {
        return 'owner';
    }
    return power >= MODERATOR ? 'moderator' : 'member';
}
