import {
    ClientEvent,
    type EmittedEvents,
    EventType,
    type MatrixClient,
    type MatrixEvent,
    MatrixEventEvent,
    type Room,
    RoomEvent,
    type RoomMember,
    RoomMemberEvent,
    RoomStateEvent,
    SyncState,
} from 'matrix-js-sdk';
import { isRecord } from '../http.ts';
import { Batch, Observable } from '../observable.ts';
import type { ChatFilter, ChatList, ChatListSnapshot, ChatSummary } from '../types.ts';
import type { Outbox } from './outbox.ts';
import type { People } from './people.ts';
import { ARCHIVED, MARKED_UNREAD, MUTED_UNTIL, PINNED, summaryOf } from './summary.ts';

const TIMEOUT_MS_MAX = 2 ** 31 - 1;

/** The list, worked out anew only where something happened. */
export class Chats extends Observable<ChatListSnapshot> implements ChatList {
    readonly #client: MatrixClient;
    readonly #people: People;
    readonly #outbox: Outbox;
    readonly #summaries = new Map<string, ChatSummary>();
    readonly #dirty = new Set<string>();
    readonly #batch = new Batch(() => this.#publish());
    readonly #listeners: [string, (...args: never[]) => void][] = [];
    #directs: ReadonlyMap<string, string> = new Map();
    #unmuting: ReturnType<typeof setTimeout> | undefined;
    readonly #counted = new WeakSet<Room>();
    #stopped = false;

    constructor(client: MatrixClient, people: People, outbox: Outbox) {
        super({ ready: false, all: [], unread: 0 });
        this.#client = client;
        this.#people = people;
        this.#outbox = outbox;
        this.#listen();
        this.#readDirects();
        this.#all();
        this.#batch.flush();
    }

    filtered(filter: ChatFilter, words = ''): readonly ChatSummary[] {
        const wanted = folded(words);
        return this.snapshot().all.filter(
            (chat) => fits(chat, filter) && (wanted === '' || folded(chat.name).includes(wanted)),
        );
    }

    get(chatId: string): ChatSummary | undefined {
        return this.#summaries.get(chatId);
    }

    /** Works a chat out at once: for the view that opens it. */
    touch(chatId: string): void {
        if (this.#stopped) {
            return;
        }
        this.#dirty.add(chatId);
        this.#batch.want();
    }

    async setPinned(chatId: string, pinned: boolean): Promise<void> {
        await this.#tag(chatId, PINNED, pinned);
    }

    async setArchived(chatId: string, archived: boolean): Promise<void> {
        await this.#tag(chatId, ARCHIVED, archived);
    }

    async mute(chatId: string, until?: number): Promise<void> {
        await this.#client.setRoomAccountData(chatId, MUTED_UNTIL as never, { until } as never);
        await this.#client.setRoomMutePushRule('global', chatId, true);
        this.touch(chatId);
    }

    async unmute(chatId: string): Promise<void> {
        await this.#client.setRoomMutePushRule('global', chatId, false);
        await this.#client.setRoomAccountData(chatId, MUTED_UNTIL as never, {} as never);
        this.touch(chatId);
    }

    async setMarkedUnread(chatId: string, unread: boolean): Promise<void> {
        await this.#client.setRoomAccountData(chatId, MARKED_UNREAD as never, { unread } as never);
    }

    async markAllRead(chatId: string): Promise<void> {
        const room = this.#client.getRoom(chatId);
        const last = room?.getLiveTimeline().getEvents().at(-1);
        if (room && last?.getId()) {
            await this.#client.setRoomReadMarkers(chatId, last.getId() ?? '', last);
        }
        if (this.get(chatId)?.markedUnread) {
            await this.setMarkedUnread(chatId, false);
        }
    }

    async accept(chatId: string): Promise<void> {
        const other = this.#client.getRoom(chatId)?.getDMInviter();
        await this.#client.joinRoom(chatId);
        if (other) {
            await this.noteDirect(chatId, other);
        }
    }

    async decline(chatId: string): Promise<void> {
        await this.#client.leave(chatId);
    }

    async leave(chatId: string): Promise<void> {
        await this.#client.leave(chatId);
    }

    /** Writes down that a chat is the direct one with a person. */
    async noteDirect(chatId: string, personId: string): Promise<void> {
        const noted = this.#client.getAccountData(EventType.Direct)?.getContent() ?? {};
        const chats: unknown = noted[personId];
        const before = Array.isArray(chats) ? chats.filter((id) => typeof id === 'string') : [];
        if (!before.includes(chatId)) {
            await this.#client.setAccountData(EventType.Direct, {
                ...noted,
                [personId]: [...before, chatId],
            });
        }
    }

    /** The direct chat with a person that both are in, or are invited to. */
    directWith(personId: string): string | undefined {
        for (const [chatId, other] of this.#directs) {
            const room = this.#client.getRoom(chatId);
            const there = room?.getMember(personId)?.membership;
            if (other === personId && room?.getMyMembership() === 'join') {
                if (there === 'join' || there === 'invite') {
                    return chatId;
                }
            }
        }
        return undefined;
    }

    stop(): void {
        this.#stopped = true;
        this.#batch.cancel();
        clearTimeout(this.#unmuting);
        for (const [event, listener] of this.#listeners) {
            this.#client.off(event as EmittedEvents, listener as () => void);
        }
    }

    #listen(): void {
        const on = (event: EmittedEvents, listener: (...args: never[]) => void) => {
            this.#listeners.push([event, listener]);
            this.#client.on(event, listener as () => void);
        };
        const ofRoom = (room: Room | undefined) => room && this.touch(room.roomId);
        const ofEvent = (event: MatrixEvent) => this.touch(event.getRoomId() ?? '');
        on(ClientEvent.Room, ofRoom);
        on(ClientEvent.DeleteRoom, (id: string) => this.touch(id));
        on(RoomEvent.Name, ofRoom);
        on(RoomEvent.MyMembership, ofRoom);
        on(RoomEvent.Timeline, (_event: MatrixEvent, room: Room | undefined, toStart?: boolean) => {
            if (!toStart) {
                ofRoom(room);
            }
        });
        on(RoomEvent.TimelineReset, ofRoom);
        on(RoomEvent.LocalEchoUpdated, (_event: MatrixEvent, room: Room) => ofRoom(room));
        on(RoomEvent.Redaction, (_event: MatrixEvent, room: Room) => ofRoom(room));
        on(RoomEvent.Receipt, (_event: MatrixEvent, room: Room) => ofRoom(room));
        on(RoomEvent.Tags, (_event: MatrixEvent, room: Room) => ofRoom(room));
        on(RoomEvent.AccountData, (_event: MatrixEvent, room: Room) => ofRoom(room));
        on(RoomStateEvent.Events, ofEvent);
        on(RoomMemberEvent.Typing, (_event: MatrixEvent, member: RoomMember) =>
            this.touch(member.roomId),
        );
        on(MatrixEventEvent.Decrypted, ofEvent);
        on(MatrixEventEvent.Replaced, ofEvent);
        on(ClientEvent.Sync, (state: SyncState) => {
            if (state === SyncState.Prepared) {
                this.#all();
            }
        });
        on(ClientEvent.AccountData, (event: MatrixEvent) => this.#accountData(event));
    }

    #accountData(event: MatrixEvent): void {
        if (event.getType() === EventType.Direct) {
            this.#readDirects();
            this.#all();
        } else if (event.getType() === EventType.PushRules) {
            this.#all();
        }
    }

    /** At the first sync, and when a rule changed that concerns all. */
    #all(): void {
        for (const room of this.#client.getVisibleRooms()) {
            this.#dirty.add(room.roomId);
        }
        this.#batch.want();
    }

    #readDirects(): void {
        const noted = this.#client.getAccountData(EventType.Direct)?.getContent() ?? {};
        const directs = new Map<string, string>();
        for (const [person, chats] of Object.entries(noted)) {
            for (const chat of Array.isArray(chats) ? chats : []) {
                if (typeof chat === 'string') {
                    directs.set(chat, person);
                }
            }
        }
        this.#directs = directs;
    }

    #publish(): void {
        const around = {
            client: this.#client,
            people: this.#people,
            myId: this.#client.getSafeUserId(),
            directs: this.#directs,
            isQueued: (event: MatrixEvent) => this.#outbox.isQueued(event),
        };
        let changed = false;
        for (const id of this.#dirty) {
            const room = this.#client.getRoom(id);
            const shown = room && ['join', 'invite'].includes(room.getMyMembership());
            if (shown && !room.isSpaceRoom()) {
                this.#watchCounts(room);
                const before = this.#summaries.get(id);
                const now = summaryOf(room, around);
                if (!before || !sameData(before, now)) {
                    this.#summaries.set(id, now);
                    changed = true;
                }
            } else {
                changed = this.#summaries.delete(id) || changed;
            }
        }
        this.#dirty.clear();
        const ready = this.#client.isInitialSyncComplete();
        if (changed || ready !== this.snapshot().ready) {
            const all = [...this.#summaries.values()].sort((a, b) => b.time - a.time);
            this.publish({ ready, all, unread: unreadIn(all) });
            this.#watchMutes(all);
        }
    }

    /** Counts change without an event of the client's own. */
    #watchCounts(room: Room): void {
        if (!this.#counted.has(room)) {
            this.#counted.add(room);
            room.on(RoomEvent.UnreadNotifications, () => this.touch(room.roomId));
        }
    }

    /** Switches the sound on again when the time that was named is over. */
    #watchMutes(all: readonly ChatSummary[]): void {
        clearTimeout(this.#unmuting);
        const timed = all.filter((chat) => chat.muted && chat.mutedUntil !== undefined);
        const next = Math.min(...timed.map((chat) => chat.mutedUntil ?? 0));
        if (timed.length === 0) {
            return;
        }
        const wait = Math.min(Math.max(0, next - Date.now()), TIMEOUT_MS_MAX);
        this.#unmuting = setTimeout(() => {
            for (const chat of timed) {
                if ((chat.mutedUntil ?? 0) <= Date.now()) {
                    this.unmute(chat.id).catch(() => this.touch(chat.id));
                }
            }
        }, wait);
    }

    async #tag(chatId: string, tag: string, set: boolean): Promise<void> {
        if (set) {
            await this.#client.setRoomTag(chatId, tag, {});
        } else {
            await this.#client.deleteRoomTag(chatId, tag);
        }
    }
}

function fits(chat: ChatSummary, filter: ChatFilter): boolean {
    const invited = chat.membership === 'invite';
    switch (filter) {
        case 'archived':
            return chat.archived;
        case 'invitations':
            return invited;
        case 'all':
            return !chat.archived;
        case 'unread':
            return !chat.archived && (chat.unread > 0 || chat.markedUnread || invited);
        case 'groups':
            return !chat.archived && !chat.isDirect;
        case 'direct':
            return !chat.archived && chat.isDirect;
    }
}

/** Small letters without their accents: what people type when they look for a name. */
export function folded(text: string): string {
    return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}

function unreadIn(all: readonly ChatSummary[]): number {
    return all
        .filter((chat) => !chat.muted && !chat.archived)
        .reduce((sum, chat) => sum + chat.unread, 0);
}

/** Whether two plain values hold the same; people are the same object when nothing changed. */
export function sameData(a: unknown, b: unknown): boolean {
    if (Object.is(a, b)) {
        return true;
    }
    if (Array.isArray(a) && Array.isArray(b)) {
        return a.length === b.length && a.every((one, i) => sameData(one, b[i]));
    }
    if (isRecord(a) && isRecord(b)) {
        const names = Object.keys(a);
        return (
            names.length === Object.keys(b).length &&
            names.every((name) => sameData(a[name], b[name]))
        );
    }
    return false;
}
