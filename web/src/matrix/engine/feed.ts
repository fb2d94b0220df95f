import {
    Direction,
    EventType,
    KnownMembership,
    type MatrixClient,
    type MatrixEvent,
    MatrixEventEvent,
    RelationType,
    type Room,
    RoomEvent,
} from 'matrix-js-sdk';
import { type Account, noteDatabase } from '../../keep/account.ts';
import type { Fed, Feed, FeedPage } from '../feed.ts';
import { isRecord } from '../http.ts';
import type { MessageKind, Person } from '../types.ts';
import { kindOf, mediaOf, plainText } from './content.ts';
import type { People } from './people.ts';

const PAGE = 50;
const KEPT: ReadonlySet<MessageKind> = new Set([
    'text',
    'notice',
    'emote',
    'image',
    'file',
    'video',
    'audio',
    'voice',
]);
const PURPOSE = new TextEncoder().encode('chancery search index');

/** Messages for the local search, from the sync and from the past. */
export class MessageFeed implements Feed {
    readonly #client: MatrixClient;
    readonly #people: People;
    readonly #account: Account;
    readonly #listeners = new Set<(fed: readonly Fed[]) => void>();
    readonly #stops: (() => void)[] = [];

    constructor(client: MatrixClient, people: People, account: Account) {
        this.#client = client;
        this.#people = people;
        this.#account = account;
        client.on(RoomEvent.Timeline, this.#arrived);
        client.on(RoomEvent.Redaction, this.#redacted);
        client.on(MatrixEventEvent.Decrypted, this.#unlocked);
    }

    get owner(): string {
        return `${this.#account.userId}-${this.#account.deviceId}`;
    }

    listen(listener: (fed: readonly Fed[]) => void): () => void {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    }

    held(chatId: string): readonly Fed[] {
        const events = this.#client.getRoom(chatId)?.getLiveTimeline().getEvents() ?? [];
        return events.map((event) => this.#fed(event)).filter((fed) => fed !== undefined);
    }

    chats(): readonly string[] {
        return this.#client
            .getRooms()
            .filter(
                (room) => room.getMyMembership() === KnownMembership.Join && !room.isSpaceRoom(),
            )
            .sort((a, b) => b.getLastActiveTimestamp() - a.getLastActiveTimestamp())
            .map((room) => room.roomId);
    }

    async before(chatId: string, from?: string): Promise<FeedPage> {
        const page = await this.#client.createMessagesRequest(
            chatId,
            from ?? null,
            PAGE,
            Direction.Backward,
        );
        const toEvent = this.#client.getEventMapper({ preventReEmit: true, decrypt: false });
        const fed: Fed[] = [];
        let locked = 0;
        for (const raw of page.chunk) {
            const event = toEvent(raw);
            if (event.isEncrypted()) {
                await this.#client.decryptEventIfNeeded(event);
            }
            if (event.isDecryptionFailure()) {
                locked++;
            }
            const one = this.#fed(event);
            if (one) {
                fed.push(one);
            }
        }
        const next = page.chunk.length > 0 ? page.end : undefined;
        return { fed, locked, next };
    }

    /** From the key of the store, so that what locks that one locks this one too. */
    async indexKey(): Promise<CryptoKey> {
        const bytes = Uint8Array.from(atob(this.#account.storeKey), (char) => char.charCodeAt(0));
        const base = await crypto.subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
        return crypto.subtle.deriveKey(
            { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(0), info: PURPOSE },
            base,
            { name: 'AES-GCM', length: 256 },
            false,
            ['encrypt', 'decrypt'],
        );
    }

    note(database: string): Promise<void> {
        return noteDatabase(database);
    }

    person(chatId: string, id: string): Person {
        const room = this.#client.getRoom(chatId);
        return room ? this.#people.inRoom(room, id) : this.#people.any(id);
    }

    onStop(act: () => void): void {
        this.#stops.push(act);
    }

    stop(): void {
        for (const act of this.#stops) {
            act();
        }
        this.#listeners.clear();
        this.#client.off(RoomEvent.Timeline, this.#arrived);
        this.#client.off(RoomEvent.Redaction, this.#redacted);
        this.#client.off(MatrixEventEvent.Decrypted, this.#unlocked);
    }

    #tell(fed: Fed | undefined): void {
        if (fed) {
            for (const listener of this.#listeners) {
                listener([fed]);
            }
        }
    }

    readonly #arrived = (event: MatrixEvent) => this.#tell(this.#fed(event));

    readonly #unlocked = (event: MatrixEvent) => this.#tell(this.#fed(event));

    readonly #redacted = (event: MatrixEvent, room: Room) => {
        const id = event.event.redacts ?? (event.getContent().redacts as string | undefined);
        if (typeof id === 'string') {
            this.#tell({ drop: { chatId: room.roomId, id } });
        }
    };

    /** Undefined for what says nothing: state, reactions, what is locked, what is under way. */
    #fed(event: MatrixEvent): Fed | undefined {
        const [chatId, id] = [event.getRoomId(), event.getId()];
        const senderId = event.getSender();
        if (!chatId || !id || !senderId || id.startsWith('~') || event.isState()) {
            return undefined;
        }
        if (event.isRedacted()) {
            return { drop: { chatId, id } };
        }
        if (event.getType() !== EventType.RoomMessage || event.isDecryptionFailure()) {
            return undefined;
        }
        const content = event.getOriginalContent();
        const time = event.getTs();
        if (event.isRelation(RelationType.Replace)) {
            const target = event.getRelation()?.event_id;
            const wanted = content['m.new_content'];
            return target && isRecord(wanted)
                ? { edit: { chatId, id: target, senderId, time, text: plainText(wanted) } }
                : undefined;
        }
        const kind = kindOf(content);
        if (!KEPT.has(kind)) {
            return undefined;
        }
        const { name: senderName } = this.person(chatId, senderId);
        const media = mediaOf(content);
        const words = media && media.name === plainText(content) ? '' : plainText(content);
        return {
            put: {
                chatId,
                id,
                time,
                senderId,
                senderName,
                kind,
                text: words,
                ...(media
                    ? {
                          media: {
                              mxc: media.mxc,
                              file: media.file,
                              mime: media.mime,
                              size: media.size,
                              name: media.name,
                          },
                          thumbnail: media.thumbnail,
                          width: media.width,
                          height: media.height,
                          durationMs: media.durationMs,
                          waveform: media.waveform,
                      }
                    : {}),
            },
        };
    }
}
