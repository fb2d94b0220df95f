import {
    EventType,
    type MatrixClient,
    type MatrixEvent,
    MatrixEvent as OneEvent,
    RelationType,
    type Room,
} from 'matrix-js-sdk';
import { Observable } from '../observable.ts';
import { Troubled } from '../trouble.ts';
import type {
    ChatSnapshot,
    Member,
    Outgoing,
    OutgoingFile,
    Person,
    Readership,
    Wording,
} from '../types.ts';
import { chatFacts, membersOf } from './chatFacts.ts';
import type { Chats } from './chatList.ts';
import { formatted, plainText } from './content.ts';
import { keptRecordOf } from './keptRecord.ts';
import type { Files } from './media.ts';
import type { Outbox } from './outbox.ts';
import { editContent, filesOf, forwardContent, messageContent } from './outgoing.ts';
import type { People } from './people.ts';
import { readershipOf } from './readership.ts';
import { receiptsOf } from './reads.ts';
import { Uploads } from './uploads.ts';

const TYPING_MS = 25_000;
const TYPING_AGAIN_MS = 15_000;
const READ_WITHIN_MS = 400;
const WORDINGS_MAX = 100;
const QUOTES_MAX = 500;

/** What a chat is made of. */
export interface ChatParts {
    readonly client: MatrixClient;
    readonly room: Room;
    readonly people: People;
    readonly chats: Chats;
    readonly outbox: Outbox;
    readonly files: Files;
    readonly onClose: () => void;
}

/** Everything that one does in a chat; what one sees is {@link OneChat}. */
export abstract class ChatActs extends Observable<ChatSnapshot> {
    readonly client: MatrixClient;
    readonly room: Room;
    readonly people: People;
    readonly chats: Chats;
    readonly outbox: Outbox;
    readonly myId: string;
    readonly id: string;
    readonly #files: Files;
    readonly #uploads: Uploads;
    readonly #onClose: () => void;
    readonly #quotes = new Map<string, MatrixEvent | null>();
    #typingSince = 0;
    #toRead: MatrixEvent | undefined;
    #readTo = 0;
    #reading: ReturnType<typeof setTimeout> | undefined;
    protected unsubscribeList: () => void = () => undefined;

    constructor(parts: ChatParts) {
        const myId = parts.client.getSafeUserId();
        super({
            ...chatFacts(parts.room, parts.chats, parts.people, myId),
            messages: [],
            start: 'loading',
            end: 'end',
            unreadAtOpen: 0,
        });
        this.client = parts.client;
        this.room = parts.room;
        this.people = parts.people;
        this.chats = parts.chats;
        this.outbox = parts.outbox;
        this.myId = myId;
        this.id = parts.room.roomId;
        this.#onClose = parts.onClose;
        this.#files = parts.files;
        this.#uploads = new Uploads(parts.files, this.room, (key) => this.touch(key));
    }

    abstract touch(idOrKey?: string): void;
    protected abstract eventOf(idOrKey: string): MatrixEvent | undefined;

    send(message: Outgoing): void {
        const replied = message.replyTo ? this.eventOf(message.replyTo) : undefined;
        const content = messageContent(message, replied?.getSender());
        this.outbox.send(this.id, EventType.RoomMessage, content);
        this.setTyping(false);
    }

    sendFile(file: OutgoingFile): void {
        void this.#uploads.start(file, (content) => {
            this.outbox.send(this.id, EventType.RoomMessage, content);
        });
    }

    resend(key: string): void {
        const event = this.eventOf(key);
        if (event) {
            this.outbox.resend(event);
        }
    }

    discard(key: string): void {
        if (this.#uploads.discard(key)) {
            return;
        }
        const event = this.eventOf(key);
        if (event) {
            this.outbox.discard(event);
        }
    }

    edit(id: string, message: Outgoing): void {
        const event = this.eventOf(id);
        if (event) {
            this.outbox.send(this.id, EventType.RoomMessage, editContent(event, message));
        }
    }

    async react(id: string, emoji: string): Promise<void> {
        const mine = this.room.relations
            .getChildEventsForEvent(id, RelationType.Annotation, EventType.Reaction)
            ?.getRelations()
            .find(
                (event) =>
                    event.getSender() === this.myId &&
                    !event.isRedacted() &&
                    event.getRelation()?.key === emoji,
            );
        if (mine?.getId()) {
            await this.client.redactEvent(this.id, mine.getId() ?? '');
        } else {
            await this.client.sendEvent(this.id, EventType.Reaction, {
                'm.relates_to': { rel_type: RelationType.Annotation, event_id: id, key: emoji },
            });
        }
    }

    async delete(id: string): Promise<void> {
        await this.client.redactEvent(this.id, id);
    }

    async pin(id: string, pinned: boolean): Promise<void> {
        const others = this.snapshot().pinned.filter((one) => one !== id);
        await this.client.sendStateEvent(this.id, EventType.RoomPinnedEvents, {
            pinned: pinned ? [...others, id] : others,
        });
    }

    async forward(id: string, to: readonly string[]): Promise<void> {
        const event = this.eventOf(id);
        if (!event) {
            throw new Troubled({ kind: 'gone' });
        }
        const content = forwardContent(event);
        for (const chatId of to) {
            const state = this.client.getRoom(chatId)?.currentState;
            if (state && keptRecordOf(state) && event.getSender() === this.myId) {
                for (const file of filesOf(content)) void this.#files.link(file, chatId);
            }
            this.outbox.send(chatId, EventType.RoomMessage, content);
        }
    }

    markRead(key: string): void {
        const event = this.eventOf(key);
        if (!event || event.status !== null || event.getTs() <= this.#readTo) {
            return;
        }
        this.#readTo = event.getTs();
        this.#toRead = event;
        this.#reading ??= setTimeout(() => this.#sendRead(), READ_WITHIN_MS);
    }

    setTyping(typing: boolean): void {
        const now = Date.now();
        if (typing ? now - this.#typingSince < TYPING_AGAIN_MS : this.#typingSince === 0) {
            return;
        }
        this.#typingSince = typing ? now : 0;
        // Nobody misses it when it does not arrive.
        this.client.sendTyping(this.id, typing, TYPING_MS).catch(() => undefined);
    }

    async askForKey(id: string): Promise<void> {
        const event = this.eventOf(id);
        const crypto = this.client.getCrypto();
        if (event && crypto) {
            await event.attemptDecryption(crypto as never, { isRetry: true });
            this.touch(id);
        }
    }

    async wordings(id: string): Promise<readonly Wording[]> {
        const { events, originalEvent } = await this.client.relations(
            this.id,
            id,
            RelationType.Replace,
            EventType.RoomMessage,
            { limit: WORDINGS_MAX },
        );
        const wording = (event: MatrixEvent): Wording => {
            const content = event.getContent();
            const words = (content['m.new_content'] as typeof content | undefined) ?? content;
            return { time: event.getTs(), text: plainText(words), html: formatted(words) };
        };
        const first = originalEvent ?? this.eventOf(id);
        const original = first?.getOriginalContent();
        return [
            ...(first && original
                ? [{ time: first.getTs(), text: plainText(original), html: formatted(original) }]
                : []),
            ...events
                .filter((event) => event.getSender() === first?.getSender() && !event.isRedacted())
                .map(wording)
                .sort((a, b) => a.time - b.time),
        ];
    }

    readers(id: string): readonly { person: Person; time: number }[] {
        const event = this.eventOf(id);
        return event ? receiptsOf(event, this.room, this.people, this.myId) : [];
    }

    async members(): Promise<readonly Member[]> {
        await this.room.loadMembersIfNeeded();
        return membersOf(this.room, this.people);
    }

    async invite(personId: string): Promise<void> {
        await this.client.invite(this.id, personId);
    }

    async remove(personId: string, reason?: string): Promise<void> {
        await this.client.kick(this.id, personId, reason);
    }

    async setName(name: string): Promise<void> {
        await this.client.setRoomName(this.id, name.trim());
    }

    async setTopic(text: string): Promise<void> {
        await this.client.setRoomTopic(this.id, text.trim());
    }

    async setPicture(picture: Blob | null): Promise<void> {
        const url = picture ? await this.#uploads.plain(picture) : '';
        await this.client.sendStateEvent(this.id, EventType.RoomAvatar, url ? { url } : {});
    }

    async readership(): Promise<Readership> {
        return readershipOf(this.client, this.room, await this.members());
    }

    close(): void {
        this.#onClose();
    }

    protected uploadOf(key: string): { loaded: number; total: number } | undefined {
        return this.#uploads.progress(key);
    }

    protected uploadEvents(): readonly MatrixEvent[] {
        return this.#uploads.events();
    }

    /** An event that a reply quotes: from what is loaded, else fetched once. */
    protected quoted(id: string): MatrixEvent | undefined | null {
        const loaded = this.room.findEventById(id) ?? this.#quotes.get(id);
        if (loaded === undefined && this.#quotes.size < QUOTES_MAX) {
            // Several rows may quote it, so all are looked at when it is there.
            void this.quotedNow(id).then(() => this.touch());
        }
        return loaded;
    }

    /** The same, waited for. */
    protected quotedNow(id: string): Promise<MatrixEvent | null> {
        const known = this.room.findEventById(id) ?? this.#quotes.get(id);
        if (known !== undefined) {
            return Promise.resolve(known);
        }
        let fetching = this.#fetching.get(id);
        if (!fetching) {
            fetching = this.#fetch(id);
            this.#fetching.set(id, fetching);
        }
        return fetching;
    }

    readonly #fetching = new Map<string, Promise<MatrixEvent | null>>();

    async #fetch(id: string): Promise<MatrixEvent | null> {
        let found: MatrixEvent | null = null;
        try {
            const fetched = new OneEvent(await this.client.fetchRoomEvent(this.id, id));
            await this.client.decryptEventIfNeeded(fetched);
            found = fetched;
        } catch {
            // It is gone, or was before one's time: the row says so.
        }
        this.#fetching.delete(id);
        this.#quotes.set(id, found);
        return found;
    }

    #sendRead(): void {
        this.#reading = undefined;
        const event = this.#toRead;
        const id = event?.getId();
        if (!event || !id) {
            return;
        }
        this.client.setRoomReadMarkers(this.id, id, event).catch(() => {
            this.#readTo = 0; // The next look at the end says it again.
        });
        if (this.chats.get(this.id)?.markedUnread) {
            this.chats.setMarkedUnread(this.id, false).catch(() => undefined);
        }
    }

    protected stopActs(): void {
        this.setTyping(false);
        if (this.#reading !== undefined) {
            clearTimeout(this.#reading);
            this.#sendRead();
        }
        this.#uploads.stop();
    }
}
