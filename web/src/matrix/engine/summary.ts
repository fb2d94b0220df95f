import {
    type MatrixClient,
    type MatrixEvent,
    NotificationCountType,
    PushRuleActionName,
    type Room,
} from 'matrix-js-sdk';
import type { ChatSummary, LastMessage, Person } from '../types.ts';
import { bareKind, isShown, sendState, wordsOf } from './messages.ts';
import { localpartOf, type People, plainName, toneOf } from './people.ts';
import { systemChange } from './system.ts';

export const PINNED = 'm.favourite';
export const ARCHIVED = 'org.chancery.archived';
export const MARKED_UNREAD = 'm.marked_unread';
export const MUTED_UNTIL = 'org.chancery.muted_until';

const LINE_MAX = 200;
const LOOK_BACK_MAX = 200;

/** What a summary needs beside the room. */
export interface ListSurroundings {
    readonly client: MatrixClient;
    readonly people: People;
    readonly myId: string;
    /** The other person of a direct chat, by the account data `m.direct`. */
    readonly directs: ReadonlyMap<string, string>;
    readonly isQueued: (event: MatrixEvent) => boolean;
}

export function isMuted(client: MatrixClient, roomId: string): boolean {
    const rules = client.pushRules?.global.override ?? [];
    const muted = rules.some(
        (rule) =>
            rule.enabled &&
            rule.rule_id === roomId &&
            !rule.actions.includes(PushRuleActionName.Notify),
    );
    const room = client.getRoomPushRule('global', roomId);
    return muted || (room?.enabled === true && !room.actions.includes(PushRuleActionName.Notify));
}

function newest(room: Room, around: ListSurroundings): MatrixEvent | undefined {
    const pending = room.getPendingEvents().filter((one) => isShown(one, room, around.people));
    if (pending.length > 0) {
        return pending.at(-1);
    }
    const events = room.getLiveTimeline().getEvents();
    for (let i = events.length - 1, n = 0; i >= 0 && n < LOOK_BACK_MAX; i--, n++) {
        const event = events[i];
        if (event && isShown(event, room, around.people)) {
            return event;
        }
    }
    return undefined;
}

function lastOf(event: MatrixEvent, room: Room, around: ListSurroundings): LastMessage {
    const kind = bareKind(event);
    const own = event.getSender() === around.myId;
    const state = sendState(event, around);
    return {
        sender: around.people.inRoom(room, event.getSender() ?? ''),
        own,
        kind,
        text: wordsOf(event).replace(/\s+/g, ' ').trim().slice(0, LINE_MAX),
        system: kind === 'system' ? systemChange(event, room, around.people) : undefined,
        time: event.getTs(),
        state: own && state === 'sent' && isReadByAll(room, event, around.myId) ? 'read' : state,
    };
}

function isReadByAll(room: Room, event: MatrixEvent, myId: string): boolean {
    const others = room.getJoinedMembers().filter((member) => member.userId !== myId);
    const id = event.getId();
    return (
        id !== undefined &&
        others.length > 0 &&
        others.length >= room.getJoinedMemberCount() - 1 &&
        others.every((member) => room.hasUserReadEvent(member.userId, id))
    );
}

function typingIn(room: Room, around: ListSurroundings): readonly Person[] {
    const typing = room
        .getMembers()
        .filter((member) => member.typing && member.userId !== around.myId);
    return typing.length === 0
        ? NOBODY
        : typing.map((member) => around.people.member(room.roomId, member));
}

const NOBODY: readonly Person[] = [];

function inviter(room: Room, around: ListSurroundings): Person | undefined {
    const id = room.getMember(around.myId)?.events.member?.getSender();
    return id ? around.people.inRoom(room, id) : undefined;
}

/** The name of a room that has one; else of the people in it. Empty when nobody is. */
function nameOf(room: Room, other: Person | undefined): string {
    if (other) {
        return other.name;
    }
    const stated: unknown = room.currentState.getStateEvents('m.room.name', '')?.getContent().name;
    if (typeof stated === 'string' && stated.trim() !== '') {
        return plainName(stated, '');
    }
    const heroes = room
        .getMembers()
        .filter((member) => member.userId !== room.myUserId)
        .filter((member) => member.membership === 'join' || member.membership === 'invite')
        .map((member) => plainName(member.name, member.userId));
    return heroes.slice(0, 4).join(', ');
}

export function summaryOf(room: Room, around: ListSurroundings): ChatSummary {
    const { client, people } = around;
    const id = room.roomId;
    const otherId = around.directs.get(id) ?? room.getDMInviter() ?? undefined;
    const other = otherId && otherId !== around.myId ? people.inRoom(room, otherId) : undefined;
    const last = newest(room, around);
    const until: unknown = room.getAccountData(MUTED_UNTIL)?.getContent().until;
    const avatarMxc = room.getMxcAvatarUrl() ?? other?.avatarMxc;
    return {
        id,
        name: nameOf(room, other) || (otherId ? localpartOf(otherId) : ''),
        avatarMxc: avatarMxc || undefined,
        tone: toneOf(other?.id ?? id),
        isDirect: other !== undefined,
        other,
        kind: 'chat',
        encrypted: room.hasEncryptionStateEvent(),
        unread: room.getUnreadNotificationCount(NotificationCountType.Total),
        mentions: room.getUnreadNotificationCount(NotificationCountType.Highlight),
        markedUnread: room.getAccountData(MARKED_UNREAD)?.getContent().unread === true,
        muted: isMuted(client, id),
        mutedUntil: typeof until === 'number' ? until : undefined,
        pinned: PINNED in room.tags,
        archived: ARCHIVED in room.tags,
        last: last ? lastOf(last, room, around) : undefined,
        typing: typingIn(room, around),
        membership: room.getMyMembership() === 'invite' ? 'invite' : 'join',
        invitedBy: room.getMyMembership() === 'invite' ? inviter(room, around) : undefined,
        time: last?.getTs() ?? timeOfInvitation(room),
        memberCount: room.getJoinedMemberCount(),
    };
}

function timeOfInvitation(room: Room): number {
    return room.getMember(room.myUserId)?.events.member?.getTs() ?? 0;
}
