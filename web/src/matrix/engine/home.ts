import {
    EventType,
    type MatrixClient,
    Preset,
    type User,
    UserEvent,
    Visibility,
} from 'matrix-js-sdk';
import type { ChatDetails } from '../details.ts';
import type { Device, Home } from '../home.ts';
import { Cell } from '../observable.ts';
import type { Opening } from '../session.ts';
import { Troubled } from '../trouble.ts';
import type { ChatView, Person, View } from '../types.ts';
import { OwnData } from './accountData.ts';
import { Chats } from './chatList.ts';
import { OneChat } from './chatView.ts';
import type { Started } from './client.ts';
import { Line } from './connection.ts';
import { RoomDetails } from './details.ts';
import { MessageFeed } from './feed.ts';
import { Healing } from './healing.ts';
import { Files } from './media.ts';
import { MissingKeys } from './missingKeys.ts';
import { Outbox } from './outbox.ts';
import { proof, proven, sessionOf } from './passwordProof.ts';
import { People } from './people.ts';
import { OwnSettings } from './personal.ts';
import { Keys } from './security.ts';

const FOUND_MAX = 30;
const ENCRYPTION = 'm.megolm.v1.aes-sha2';

interface OpenChat {
    readonly view: OneChat;
    holders: number;
}

const ENCRYPTED = {
    type: EventType.RoomEncryption as string,
    state_key: '',
    content: { algorithm: ENCRYPTION },
};

/** The server makes it a record room, encrypted and with its archive (docs/record-rooms.md). */
const RECORD = { type: 'org.chancery.room_class', state_key: '', content: { class: 'work' } };

/** All of one signed-in person; see {@link Home} for what each member promises. */
export class OneHome implements Home {
    readonly deviceId: string;
    readonly me: View<Person>;
    readonly chats: Chats;
    readonly media: Files;
    readonly connection: Line;
    readonly security: Keys;
    readonly accountData: OwnData;
    readonly personal: OwnSettings;
    readonly feed: MessageFeed;
    readonly #client: MatrixClient;
    readonly #people: People;
    readonly #outbox: Outbox;
    readonly #me: Cell<Person>;
    readonly #started: Started;
    readonly #healing: Healing;
    readonly #missingKeys: MissingKeys;
    readonly #open = new Map<string, OpenChat>();

    constructor(started: Started) {
        const { client } = started;
        this.#started = started;
        this.#client = client;
        this.deviceId = started.account.deviceId;
        this.#people = new People(client);
        this.#me = new Cell(this.#people.any(client.getSafeUserId()));
        this.me = this.#me;
        this.connection = new Line(client);
        this.#outbox = new Outbox(client, this.connection);
        this.chats = new Chats(client, this.#people, this.#outbox);
        this.media = new Files(started.tokens);
        this.security = new Keys(started);
        this.accountData = new OwnData(client);
        this.personal = new OwnSettings(client, this.#people);
        this.#healing = new Healing(client);
        this.#missingKeys = new MissingKeys(client);
        this.feed = new MessageFeed(client, this.#people, started.account);
        this.#outbox.onChange = (room, event) => {
            this.chats.touch(room.roomId);
            this.#open.get(room.roomId)?.view.touch(event.getId());
        };
        client.on(UserEvent.DisplayName, this.#profile);
        client.on(UserEvent.AvatarUrl, this.#profile);
        navigator.serviceWorker?.addEventListener('message', this.#worker);
    }

    /** Sets up what is missing after the stores are open. */
    async begin(opening: Pick<Opening, 'password'>): Promise<void> {
        void this.#outbox.load();
        void this.#loadProfile();
        await this.security.prepare(opening.password);
    }

    chat(chatId: string): ChatView {
        let open = this.#open.get(chatId);
        if (!open) {
            const room = this.#client.getRoom(chatId);
            if (!room) {
                throw new Troubled({ kind: 'gone' });
            }
            open = { view: this.#view(chatId, room), holders: 0 };
            this.#open.set(chatId, open);
        }
        open.holders++;
        return open.view;
    }

    details(chatId: string): ChatDetails {
        return new RoomDetails(this.#client, this.#people, chatId);
    }

    async findPeople(words: string, limit = FOUND_MAX): Promise<readonly Person[]> {
        const { results } = await this.#client.searchUserDirectory({ term: words.trim(), limit });
        return results
            .filter((found) => found.user_id !== this.#client.getSafeUserId())
            .map((found) => this.#people.of(found.user_id, found.display_name, found.avatar_url));
    }

    async startChat(people: readonly string[], name?: string, kept = false): Promise<string> {
        const title = name?.trim() ?? '';
        const [only] = people;
        const direct = people.length === 1 && title === '' ? only : undefined;
        const known = direct && !kept ? this.chats.directWith(direct) : undefined;
        if (known) {
            return known;
        }
        const { room_id: chatId } = await this.#client.createRoom({
            preset: direct ? Preset.TrustedPrivateChat : Preset.PrivateChat,
            visibility: Visibility.Private,
            invite: [...people],
            is_direct: direct !== undefined,
            ...(title === '' ? {} : { name: title }),
            initial_state: [kept ? RECORD : ENCRYPTED],
        });
        if (direct && !kept) {
            await this.chats.noteDirect(chatId, direct);
        }
        await this.#appears(chatId);
        return chatId;
    }

    async setName(name: string): Promise<void> {
        await this.#client.setDisplayName(name.trim());
        await this.#loadProfile();
    }

    async setPicture(picture: Blob | null): Promise<void> {
        const { signal } = new AbortController();
        const stored = picture ? await this.media.upload(picture, { plain: true, signal }) : null;
        await this.#client.setAvatarUrl(stored && 'url' in stored ? stored.url : '');
        await this.#loadProfile();
    }

    async devices(): Promise<readonly Device[]> {
        const me = this.#client.getSafeUserId();
        const crypto = this.#client.getCrypto();
        const { devices } = await this.#client.getDevices();
        const encrypting = (await crypto?.getUserDeviceInfo([me], true))?.get(me);
        const all = devices.map(async (device) => {
            const status = await crypto?.getDeviceVerificationStatus(me, device.device_id);
            return {
                id: device.device_id,
                name: device.display_name ?? device.device_id,
                lastSeen: device.last_seen_ts,
                lastAddress: device.last_seen_ip,
                own: device.device_id === this.deviceId,
                confirmed: status?.crossSigningVerified === true,
                encrypts: encrypting?.has(device.device_id) === true,
            };
        });
        return Promise.all(all);
    }

    async renameDevice(deviceId: string, name: string): Promise<void> {
        await this.#client.setDeviceDetails(deviceId, { display_name: name.trim() });
    }

    async removeDevice(deviceId: string, password: string): Promise<void> {
        await this.#withPassword(password, (auth) => this.#client.deleteDevice(deviceId, auth));
    }

    async changePassword(old: string, wanted: string): Promise<void> {
        await this.#withPassword(old, (auth) =>
            this.#client.setPassword(auth ?? ({} as never), wanted, false),
        );
    }

    retryNow(): void {
        this.connection.retry();
        void this.#outbox.flush();
    }

    async stop(): Promise<void> {
        navigator.serviceWorker?.removeEventListener('message', this.#worker);
        for (const { view } of this.#open.values()) {
            view.stop();
        }
        this.#open.clear();
        this.#healing.stop();
        this.#missingKeys.stop();
        this.chats.stop();
        this.accountData.stop();
        this.personal.stop();
        this.feed.stop();
        this.security.stop();
        this.connection.stop();
        this.media.stop();
        await this.#outbox.stop();
    }

    #view(chatId: string, room: NonNullable<ReturnType<MatrixClient['getRoom']>>): OneChat {
        return new OneChat({
            client: this.#client,
            room,
            people: this.#people,
            chats: this.chats,
            outbox: this.#outbox,
            files: this.media,
            onClose: () => this.#close(chatId),
        });
    }

    #close(chatId: string): void {
        const open = this.#open.get(chatId);
        if (open && --open.holders === 0) {
            this.#open.delete(chatId);
            open.view.stop();
        }
    }

    /** A chat that was just made is there when the sync has brought it. */
    #appears(chatId: string): Promise<void> {
        const { chats } = this;
        if (chats.get(chatId)) {
            return Promise.resolve();
        }
        return new Promise((resolve) => {
            const stop = chats.subscribe(() => {
                if (chats.get(chatId)) {
                    stop();
                    resolve();
                }
            });
        });
    }

    async #withPassword<T>(
        password: string,
        request: (auth?: ReturnType<typeof proof>) => Promise<T>,
    ): Promise<T> {
        try {
            return await request();
        } catch (fault) {
            const session = sessionOf(fault);
            if (session === undefined) {
                throw fault;
            }
            const auth = proof(this.#client.getSafeUserId(), password, session);
            return await proven(() => request(auth));
        }
    }

    async #loadProfile(): Promise<void> {
        const id = this.#client.getSafeUserId();
        const profile = await this.#client.getProfileInfo(id).catch(() => undefined);
        if (profile) {
            this.#me.set(this.#people.of(id, profile.displayname, profile.avatar_url));
        }
    }

    readonly #profile = (_event: unknown, user: User) => {
        if (user.userId === this.#client.getSafeUserId()) {
            this.#me.set(this.#people.of(user.userId, user.displayName, user.avatarUrl));
        }
    };

    /** The service worker met a token that had ended. */
    readonly #worker = ({ data }: MessageEvent) => {
        if ((data as { what?: unknown } | null)?.what === 'renew-token') {
            void this.#started.tokens.renew();
        }
    };
}
