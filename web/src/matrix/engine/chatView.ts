import {
    Direction,
    type EventTimeline,
    EventType,
    type MatrixClient,
    type MatrixEvent,
    MatrixEventEvent,
    NotificationCountType,
    RelationType,
    type Room,
    RoomEvent,
    RoomStateEvent,
    TimelineWindow,
} from 'matrix-js-sdk';
import { Batch } from '../observable.ts';
import type { ChatSnapshot, ChatView, Edge, JumpTarget, Message } from '../types.ts';
import { ChatActs, type ChatParts } from './chatActs.ts';
import { chatFacts, rightsOf } from './chatFacts.ts';
import { isShown, keyOf, type Surroundings, toMessage } from './messages.ts';
import { withReaders } from './reads.ts';

const FIRST_EVENTS = 60;
const PAGE_EVENTS = 50;
const ROWS_AT_FIRST = 30;
const EMPTY_PAGES_MAX = 6;
const WINDOW_EVENTS_MAX = 10_000;

interface Row {
    readonly event: MatrixEvent;
    /** Undefined for what is no row. */
    readonly message: Message | undefined;
}

/** One chat as it is read: a window on the room's timeline, made into rows. */
export class OneChat extends ChatActs implements ChatView {
    readonly #batch = new Batch(() => this.#build());
    readonly #rows = new Map<MatrixEvent, Row>();
    readonly #dirty = new Set<string>();
    #window: TimelineWindow;
    #edges: { start: Edge; end: Edge } = { start: 'loading', end: 'end' };
    #paging: { back?: Promise<void>; forward?: Promise<void> } = {};
    #focus: ChatSnapshot['focus'];
    #firstUnread: string | undefined;
    readonly #unreadAtOpen: number;
    readonly #readAtOpen: string | null;
    #stopped = false;

    constructor(parts: ChatParts) {
        super(parts);
        const { room } = this;
        this.#unreadAtOpen = room.getUnreadNotificationCount(NotificationCountType.Total);
        this.#readAtOpen = room.getEventReadUpTo(this.myId);
        this.#window = this.#newWindow();
        this.#listen(true);
        this.loading = this.#open();
    }

    /** Resolves when the first rows stand. */
    readonly loading: Promise<void>;

    paginate(where: 'back' | 'forward'): Promise<void> {
        const running = this.#paging[where];
        if (running) {
            return running;
        }
        const page = this.#paginate(where).finally(() => {
            delete this.#paging[where];
        });
        this.#paging[where] = page;
        return page;
    }

    async jumpTo(target: JumpTarget): Promise<boolean> {
        switch (target.to) {
            case 'latest':
                await this.#load(undefined);
                return true;
            case 'unread':
                return this.#readAtOpen ? this.#show(this.#readAtOpen, 'after') : false;
            case 'message':
                return this.#show(target.id, 'at');
            case 'date': {
                const found = await this.client
                    .timestampToEvent(this.id, target.time, Direction.Forward)
                    .catch(() => undefined);
                return found ? this.#show(found.event_id, 'at') : false;
            }
        }
    }

    async message(id: string): Promise<Message | undefined> {
        const event = await this.quotedNow(id);
        return event ? toMessage(event, this.#surroundings()) : undefined;
    }

    stop(): void {
        this.#stopped = true;
        this.#batch.cancel();
        this.#listen(false);
        this.stopActs();
    }

    /** A row looks different now: by its event's id, or by its key. */
    override touch(idOrKey?: string): void {
        if (idOrKey === undefined) {
            this.#rows.clear();
        } else {
            this.#dirty.add(idOrKey);
        }
        this.#batch.want();
    }

    protected override eventOf(idOrKey: string): MatrixEvent | undefined {
        const all = [
            ...this.#window.getEvents(),
            ...this.room.getPendingEvents(),
            ...this.uploadEvents(),
        ];
        return (
            all.findLast((event) => event.getId() === idOrKey || keyOf(event) === idOrKey) ??
            this.room.findEventById(idOrKey)
        );
    }

    #newWindow(): TimelineWindow {
        const set = this.room.getUnfilteredTimelineSet();
        return new TimelineWindow(this.client, set, { windowLimit: WINDOW_EVENTS_MAX });
    }

    async #open(): Promise<void> {
        await this.#window.load(undefined, FIRST_EVENTS);
        this.#setEdges();
        this.#batch.flush();
        for (let page = 0; page < EMPTY_PAGES_MAX; page++) {
            if (this.snapshot().messages.length >= ROWS_AT_FIRST || this.#edges.start !== 'more') {
                break;
            }
            await this.paginate('back');
        }
        this.#markFirstUnread();
        this.room
            .loadMembersIfNeeded()
            .then(() => this.touch())
            .catch(() => undefined); // Names come by and by with what they wrote.
    }

    async #paginate(where: 'back' | 'forward'): Promise<void> {
        const direction = where === 'back' ? Direction.Backward : Direction.Forward;
        const edge = where === 'back' ? 'start' : 'end';
        if (!this.#window.canPaginate(direction)) {
            this.#setEdges();
            this.#batch.flush();
            return;
        }
        this.#edges = { ...this.#edges, [edge]: 'loading' };
        this.#batch.flush();
        const before = this.snapshot().messages.length;
        const opened = this.#window;
        try {
            for (let page = 0; page < EMPTY_PAGES_MAX; page++) {
                const more = await opened.paginate(direction, PAGE_EVENTS);
                if (this.#stopped || this.#window !== opened) {
                    return;
                }
                this.#setEdges();
                this.#batch.flush();
                if (!more || this.snapshot().messages.length > before) {
                    return;
                }
            }
        } catch {
            this.#edges = { ...this.#edges, [edge]: 'failed' };
            this.#batch.flush();
        }
    }

    #setEdges(): void {
        const edge = (direction: Direction): Edge =>
            this.#window.canPaginate(direction) ? 'more' : 'end';
        this.#edges = { start: edge(Direction.Backward), end: edge(Direction.Forward) };
    }

    /** Brings an event into the window, and says which row to look at. */
    async #show(id: string, where: 'at' | 'after'): Promise<boolean> {
        if (!this.#window.getEvents().some((event) => event.getId() === id)) {
            if (!(await this.#load(id))) {
                return false;
            }
        }
        const rows = this.snapshot().messages;
        const at = rows.findIndex((row) => row.id === id);
        const wanted = at >= 0 ? at : this.#rowAfter(id);
        const row = rows[where === 'after' ? Math.min(wanted + 1, rows.length - 1) : wanted];
        if (!row) {
            return false;
        }
        this.#focus = { key: row.key, at: Date.now() };
        if (where === 'after') {
            this.#firstUnread = row.key;
        }
        this.#batch.flush();
        return true;
    }

    /** The row that stands in for an event that is none. */
    #rowAfter(id: string): number {
        const event = this.eventOf(id);
        const rows = this.snapshot().messages;
        return event ? rows.findLastIndex((row) => row.time <= event.getTs()) : -1;
    }

    async #load(id: string | undefined): Promise<boolean> {
        const next = this.#newWindow();
        try {
            await next.load(id, FIRST_EVENTS);
        } catch {
            return false;
        }
        this.#window = next;
        this.#rows.clear();
        this.#setEdges();
        this.#batch.flush();
        return true;
    }

    #markFirstUnread(): void {
        if (this.#unreadAtOpen === 0 || !this.#readAtOpen) {
            return;
        }
        const rows = this.snapshot().messages;
        const read = rows.findIndex((row) => row.id === this.#readAtOpen);
        const first = rows.slice(read + 1).find((row) => !row.own && row.kind !== 'system');
        if (read >= 0 && first) {
            this.#firstUnread = first.key;
            this.#batch.flush();
        }
    }

    #build(): void {
        if (this.#stopped) {
            return;
        }
        const around = this.#surroundings();
        const atEnd = this.#edges.end === 'end';
        const events = this.#window.getEvents();
        const pending = atEnd ? [...this.room.getPendingEvents(), ...this.uploadEvents()] : [];
        const rows = new Map<string, Message>();
        for (const event of [...events, ...pending]) {
            const { message } = this.#row(event, around);
            if (message) {
                rows.set(message.key, message); // An echo and its event are one row.
            }
        }
        this.#dirty.clear();
        this.#trim(events.length + pending.length);
        const all = withReaders([...rows.values()], this.room, this.people, this.myId);
        this.publish({
            ...chatFacts(this.room, this.chats, this.people, this.myId),
            messages: sameRows(this.snapshot().messages, all),
            start: this.#edges.start,
            end: this.#edges.end,
            firstUnread: this.#firstUnread,
            unreadAtOpen: this.#unreadAtOpen,
            focus: this.#focus,
        });
    }

    #row(event: MatrixEvent, around: Surroundings): Row {
        const known = this.#rows.get(event);
        const id = event.getId() ?? '';
        if (known && !this.#dirty.has(id) && !this.#dirty.has(keyOf(event))) {
            return known;
        }
        const shown = isShown(event, this.room, this.people);
        const row = { event, message: shown ? toMessage(event, around) : undefined };
        this.#rows.set(event, row);
        return row;
    }

    /** Rows of events that left the window are forgotten. */
    #trim(held: number): void {
        if (this.#rows.size > held + WINDOW_EVENTS_MAX) {
            this.#rows.clear();
        }
    }

    #surroundings(): Surroundings {
        const { room, people, myId } = this;
        const rights = rightsOf(room, myId);
        return {
            room,
            people,
            myId,
            pinned: new Set(rights.pinned),
            may: { deleteAny: rights.deleteAny, pin: rights.pin, write: rights.write },
            isQueued: (event) => this.outbox.isQueued(event),
            upload: (key) => this.uploadOf(key),
            quoted: (id) => this.quoted(id),
        };
    }

    #listen(on: boolean): void {
        const { client, room } = this;
        const change = (on ? client.on : client.off).bind(client) as MatrixClient['on'];
        const ofRoom = (on ? room.on : room.off).bind(room) as Room['on'];
        ofRoom(RoomEvent.Timeline, this.#onTimeline);
        ofRoom(RoomEvent.TimelineReset, this.#onReset);
        ofRoom(RoomEvent.LocalEchoUpdated, this.#onEcho);
        ofRoom(RoomEvent.Redaction, this.#onRedaction);
        ofRoom(RoomEvent.Receipt, this.#onSoft);
        change(RoomStateEvent.Events, this.#onState);
        change(MatrixEventEvent.Decrypted, this.#onEvent);
        change(MatrixEventEvent.Replaced, this.#onEvent);
        if (on) {
            this.unsubscribeList = this.chats.subscribe(this.#onSoft);
        } else {
            this.unsubscribeList();
        }
    }

    readonly #onTimeline = (
        event: MatrixEvent,
        _room: Room | undefined,
        _toStart: boolean | undefined,
        _removed: boolean,
        data: { liveEvent?: boolean; timeline: EventTimeline },
    ) => {
        const parent = event.getRelation()?.event_id;
        if (parent) {
            this.touch(parent);
        }
        if (data.liveEvent && this.#edges.end === 'end') {
            void this.#window.paginate(Direction.Forward, 1, false);
        }
        this.#batch.want();
    };

    /** A gap in the sync: what is shown before it stays reachable, and the end is the end again. */
    readonly #onReset = () => {
        if (this.#edges.end === 'end') {
            void this.#load(undefined);
        }
    };

    readonly #onEcho = (event: MatrixEvent, _room: Room, oldId?: string) => {
        this.#rows.delete(event);
        if (oldId) {
            this.#dirty.add(oldId);
        }
        const parent = event.getRelation()?.event_id;
        this.touch(parent ?? event.getId());
    };

    readonly #onRedaction = (event: MatrixEvent) => {
        const target = event.event.redacts ?? event.getContent().redacts;
        const gone = target ? this.room.findEventById(target) : undefined;
        const parent = gone?.getRelation()?.event_id ?? gone?.getWireContent()['m.relates_to'];
        if (typeof parent === 'string') {
            this.#dirty.add(parent);
        }
        // The relation is gone with the content: of a reaction, any row may be the parent.
        this.touch(gone?.getType() === EventType.Reaction ? undefined : target);
    };

    readonly #onEvent = (event: MatrixEvent) => {
        if (event.getRoomId() === this.id) {
            if (event.isRelation(RelationType.Replace)) {
                this.touch(event.getRelation()?.event_id);
            }
            this.touch(event.getId());
        }
    };

    readonly #onState = (event: MatrixEvent) => {
        if (event.getRoomId() === this.id) {
            const all = [
                EventType.RoomMember,
                EventType.RoomPowerLevels,
                EventType.RoomPinnedEvents,
            ];
            if ((all as string[]).includes(event.getType())) {
                this.touch();
            }
            this.#batch.want();
        }
    };

    readonly #onSoft = () => {
        this.#batch.want();
    };
}

/** The same array where every row is the same. */
function sameRows(before: readonly Message[], now: readonly Message[]): readonly Message[] {
    const same = before.length === now.length && before.every((row, i) => row === now[i]);
    return same ? before : now;
}
