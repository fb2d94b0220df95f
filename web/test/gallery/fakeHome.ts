// People, chats and messages that nobody sent, with the behaviour that a view has.
import type {
    AccountData,
    ChatFilter,
    ChatList,
    ChatListSnapshot,
    ChatSnapshot,
    ChatSummary,
    ChatView,
    Connection,
    Device,
    Home,
    JumpTarget,
    MediaSource,
    Member,
    Message,
    Outgoing,
    OutgoingFile,
    Person,
    Readership,
    Security,
    SecuritySnapshot,
    Tone,
    View,
} from '../../src/matrix/index.ts';
import { Cell, Observable } from '../../src/matrix/observable.ts';
import { FakeDetails, FakeFeed, FakePersonal } from './fakeDetails.ts';

const NAMES = [
    'Mara Jansen',
    'Pieter Hallam',
    'Aylin Demir',
    'Grace Okoye',
    'Tomas Lindqvist',
    'Noor Haddad',
    'Elena Marchetti',
    'Samira Bensaïd',
];
const WORDS =
    'the depot has salt enough for two nights and both bridges are done before the first buses come so we order more on Monday'.split(
        ' ',
    );
const MINUTE = 60_000;
const CAN = { edit: false, delete: false, react: true, reply: true, pin: true };

export const people: Person[] = NAMES.map((name, n) => ({
    id: `@${name.toLowerCase().replace(/[^a-z]+/g, '.')}:westhaven.example`,
    name,
    tone: ((n * 5) % 9) as Tone,
}));
const ME = people[0]!;

function sentence(n: number): string {
    const length = 3 + ((n * 7919) % 22);
    const from = (n * 31) % 10;
    const words = [...WORDS, ...WORDS, ...WORDS].slice(from, from + length).join(' ');
    return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

export function made(n: number, total: number, rest: Partial<Message> = {}): Message {
    const sender = people[Math.floor(n / 3) % 5]!;
    const own = sender === ME;
    return {
        key: `k${n}`,
        id: `$e${n}`,
        sender,
        own,
        time: Date.now() - (total - n) * 7 * MINUTE,
        status: 'sent',
        kind: 'text',
        text: sentence(n),
        mentionsMe: false,
        mentions: [],
        reactions: n % 9 === 4 ? [{ emoji: '👍', count: 3, mine: n % 2 === 0, people }] : [],
        readBy: own ? people.slice(1, 3) : [],
        readByAll: own && n < total - 4,
        pinned: false,
        forwarded: false,
        can: { ...CAN, edit: own, delete: own },
        ...rest,
    };
}

/** The last messages show what there is to show. */
function specials(n: number, total: number): Partial<Message> {
    const image = {
        mxc: 'mxc://x/photo',
        mime: 'image/png',
        name: 'bridge.png',
        width: 640,
        height: 360,
        file: {},
    };
    const kinds: Partial<Message>[] = [
        { text: 'Ring road is done. 🙂 Both bridges in twenty minutes.' },
        { kind: 'locked', locked: 'waiting', text: '' },
        { text: 'The stops are signed.', edited: { time: Date.now() } },
        { kind: 'deleted', text: '' },
        { kind: 'image', text: 'Mill Bridge, north side.', media: image },
        {
            kind: 'voice',
            text: '',
            media: {
                mxc: 'mxc://x/voice',
                mime: 'audio/ogg',
                name: 'v.ogg',
                durationMs: 23_000,
                waveform: Array.from({ length: 100 }, (_, i) => Math.abs(Math.sin(i / 3)) * 0.9),
            },
        },
        {
            kind: 'file',
            text: '',
            media: {
                mxc: 'mxc://x/f',
                mime: 'application/pdf',
                name: 'Routes.pdf',
                size: 2_400_000,
            },
        },
        {
            replyTo: {
                id: `$e${total - 20}`,
                state: 'shown',
                sender: people[1]!,
                kind: 'text',
                text: 'The depot has 38 tonnes of salt, enough for two nights.',
            },
        },
        { text: '👍' },
        {
            text: 'list',
            html: '<p>Before <b>noon</b>:</p><ol><li>ring road</li><li>both <code>bridges</code></li></ol><a href="https://evil.example">https://bank.example</a> <span data-mx-spoiler="score">2:1</span>',
        },
        { text: 'word '.repeat(900) },
        { kind: 'unknown', text: '', unknownType: 'm.odd' },
    ];
    return kinds[total - 1 - n] ?? {};
}

class FakeChat extends Observable<ChatSnapshot> implements ChatView {
    readonly id: string;
    #next = 1_000_000;

    constructor(chat: ChatSummary, count: number, plain: boolean) {
        const messages = Array.from({ length: count }, (_, n) =>
            made(n, count, plain ? {} : specials(n, count)),
        );
        super({
            chat,
            messages,
            start: plain ? 'more' : 'end',
            end: 'end',
            firstUnread: chat.unread > 0 ? messages.at(-chat.unread)?.key : undefined,
            unreadAtOpen: chat.unread,
            typing: plain ? [] : [people[1]!],
            pinned: plain ? [] : [`$e${count - 10}`],
            topic: '',
            writable: 'yes',
            can: { invite: true, rename: true, remove: true, pin: true, mentionAll: true },
        });
        this.id = chat.id;
    }

    change(part: Partial<ChatSnapshot>): void {
        this.publish({ ...this.snapshot(), ...part });
    }

    #update(id: string, part: (message: Message) => Partial<Message>): void {
        const messages = this.snapshot().messages.map((each) =>
            each.id === id ? { ...each, ...part(each) } : each,
        );
        this.change({ messages });
    }

    append(rest: Partial<Message>): void {
        const n = this.#next++;
        const message = made(n, n, { time: Date.now(), ...rest, key: `n${n}`, id: `$n${n}` });
        this.change({ messages: [...this.snapshot().messages, message] });
    }

    /** A hundred older ones. */
    async paginate(where: 'back' | 'forward'): Promise<void> {
        if (where === 'forward' || this.snapshot().start !== 'more') return;
        this.change({ start: 'loading' });
        await new Promise((resolve) => setTimeout(resolve, 50));
        const first = this.snapshot().messages[0]?.time ?? Date.now();
        this.#next += 100;
        const n = this.#next;
        const older = Array.from({ length: 100 }, (_, i) =>
            made(n + i, 0, {
                time: first - (100 - i) * MINUTE,
                key: `o${n + i}`,
                id: `$o${n + i}`,
            }),
        );
        this.change({ start: 'more', messages: [...older, ...this.snapshot().messages] });
    }

    async jumpTo(target: JumpTarget): Promise<boolean> {
        const { messages } = this.snapshot();
        const found =
            target.to === 'message'
                ? messages.find((each) => each.id === target.id)
                : target.to === 'date'
                  ? messages.find((each) => each.time >= target.time)
                  : undefined;
        if (found) this.change({ focus: { key: found.key, at: performance.now() } });
        return target.to === 'latest' || found !== undefined;
    }

    send(message: Outgoing): void {
        const { text, html } = message;
        const can = { ...CAN, edit: true, delete: true };
        this.append({ sender: ME, own: true, text, html, can, readBy: [], readByAll: false });
    }

    sendFile(file: OutgoingFile): void {
        const media = { mxc: '', mime: file.file.type, name: file.name, size: file.file.size };
        const { kind, caption = '' } = file;
        this.append({ sender: ME, own: true, kind, text: caption, media });
    }

    resend(): void {}
    discard(key: string): void {
        const messages = this.snapshot().messages.filter((each) => each.key !== key);
        this.change({ messages });
    }
    edit(id: string, message: Outgoing): void {
        this.#update(id, () => ({ text: message.text, edited: { time: Date.now() } }));
    }
    async react(id: string, emoji: string): Promise<void> {
        this.#update(id, () => ({ reactions: [{ emoji, count: 1, mine: true, people: [ME] }] }));
    }
    async delete(id: string): Promise<void> {
        this.#update(id, () => ({ kind: 'deleted', text: '' }));
    }
    async pin(): Promise<void> {}
    async forward(): Promise<void> {}
    markRead(): void {}
    setTyping(): void {}
    async askForKey(): Promise<void> {}
    async message(id: string): Promise<Message | undefined> {
        return this.snapshot().messages.find((each) => each.id === id);
    }
    async wordings(id: string) {
        return [{ time: Date.now() - MINUTE, text: `Before: ${id}` }];
    }
    readers() {
        return people.slice(1, 3).map((person) => ({ person, time: Date.now() }));
    }
    async members(): Promise<readonly Member[]> {
        return people.map((each) => ({
            ...each,
            membership: 'join',
            role: 'member',
            outside: false,
        }));
    }
    async invite(): Promise<void> {}
    async remove(): Promise<void> {}
    async setName(): Promise<void> {}
    async setTopic(): Promise<void> {}
    async setPicture(): Promise<void> {}
    async readership(): Promise<Readership> {
        return { encrypted: true, history: 'shared', members: [] };
    }
    close(): void {}
}

const GROUPS = ['Winter road team', 'Harbour Quay works', 'Mayor’s office', 'Library hours'];
const KINDS = ['chat', 'work', 'key', 'chat'] as const;

function chats(count: number): ChatSummary[] {
    return Array.from({ length: count }, (_, n) => {
        const group = n % 3 === 0;
        const other = people[1 + (n % 7)]!;
        const last = made(n, count);
        return {
            id: `!c${n}:x`,
            name: group ? `${GROUPS[(n / 3) % 4]}${n > 11 ? ` ${n}` : ''}` : other.name,
            tone: ((n * 4) % 9) as Tone,
            isDirect: !group,
            other: group ? undefined : other,
            kind: group ? (KINDS[(n / 3) % 4] ?? 'chat') : 'chat',
            encrypted: true,
            unread: n % 4 === 0 ? (n % 5) + 1 : 0,
            mentions: n === 4 ? 1 : 0,
            markedUnread: false,
            muted: n === 5,
            pinned: n < 2,
            archived: n === 9,
            last: { ...last, state: last.own ? 'read' : 'sent' },
            typing: n === 1 ? [other] : [],
            membership: n === 7 ? 'invite' : 'join',
            invitedBy: n === 7 ? other : undefined,
            time: Date.now() - n * 190 * MINUTE,
            memberCount: group ? 5 : 2,
        };
    });
}

class FakeList extends Observable<ChatListSnapshot> implements ChatList {
    get(id: string): ChatSummary | undefined {
        return this.snapshot().all.find((each) => each.id === id);
    }
    filtered(_: ChatFilter, words = ''): readonly ChatSummary[] {
        return this.snapshot().all.filter((each) =>
            each.name.toLowerCase().includes(words.toLowerCase()),
        );
    }
    #set(id: string, part: Partial<ChatSummary>): Promise<void> {
        const all = this.snapshot().all.map((each) =>
            each.id === id ? { ...each, ...part } : each,
        );
        this.publish({ ...this.snapshot(), all });
        return Promise.resolve();
    }
    setPinned = (id: string, pinned: boolean) => this.#set(id, { pinned });
    setArchived = (id: string, archived: boolean) => this.#set(id, { archived });
    mute = (id: string) => this.#set(id, { muted: true });
    unmute = (id: string) => this.#set(id, { muted: false });
    setMarkedUnread = (id: string, markedUnread: boolean) => this.#set(id, { markedUnread });
    markAllRead = (id: string) => this.#set(id, { unread: 0, markedUnread: false });
    accept = (id: string) => this.#set(id, { membership: 'join' });
    decline = (id: string) => this.#set(id, { archived: true });
    leave = (id: string) => this.#set(id, { archived: true });
}

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><path fill="#2c4a66" d="M0 0h16v5H0z"/><path fill="#c88f74" d="M0 5h16v4H0z"/></svg>`;

class FakeMedia implements MediaSource {
    thumbnailUrl(): undefined {
        return undefined;
    }
    async open() {
        const blob = new Blob([PICTURE], { type: 'image/svg+xml' });
        const url = URL.createObjectURL(blob);
        return { url, blob, release: () => URL.revokeObjectURL(url) };
    }
}

class FakeData implements AccountData {
    readonly #cells = new Map<string, Cell<unknown>>();
    #cell(type: string): Cell<unknown> {
        const cell = this.#cells.get(type) ?? new Cell<unknown>(undefined);
        this.#cells.set(type, cell);
        return cell;
    }
    view<T>(type: string): View<T | undefined> {
        return this.#cell(type) as View<T | undefined>;
    }
    async set(type: string, value: object): Promise<void> {
        this.#cell(type).set(value);
    }
}

const DEVICES: readonly Device[] = [
    { id: 'FAKE', name: 'Firefox, Linux', own: true, confirmed: true, encrypts: true },
    {
        id: 'PHONE',
        name: 'Chrome, Android',
        lastSeen: Date.UTC(2026, 10, 21),
        lastAddress: '192.0.2.7',
        own: false,
        confirmed: true,
        encrypts: true,
    },
    { id: 'NEW', name: 'Edge, Windows', own: false, confirmed: false, encrypts: true },
];

export class FakeHome implements Home {
    readonly me = new Cell<Person>(ME);
    readonly deviceId = 'FAKE';
    readonly media = new FakeMedia();
    readonly accountData = new FakeData();
    readonly connection = new Cell<Connection>({ state: 'online', since: 0, waiting: 0 });
    readonly chats: FakeList;
    readonly security = new Cell<SecuritySnapshot>({
        state: 'ready',
        canAskDevices: true,
    }) as unknown as Security;
    readonly personal = new FakePersonal();
    readonly feed: FakeFeed;
    readonly #views = new Map<string, FakeChat>();
    readonly #messages: number;

    constructor(chatCount: number, messages: number) {
        const all = chats(chatCount);
        this.chats = new FakeList({ ready: true, all, unread: 7 });
        this.#messages = messages;
        this.feed = new FakeFeed(
            all.map((chat) => chat.id),
            ME,
        );
    }

    details(id: string): FakeDetails {
        return new FakeDetails([ME, ...people.slice(1)], this.chats.get(id)?.name ?? '');
    }

    chat(id: string): FakeChat {
        const chat = this.chats.get(id) ?? this.chats.snapshot().all[0]!;
        const view =
            this.#views.get(id) ?? new FakeChat(chat, this.#messages, this.#messages > 500);
        this.#views.set(id, view);
        return view;
    }
    async findPeople(words: string): Promise<readonly Person[]> {
        return people.filter((each) => each.name.toLowerCase().includes(words.toLowerCase()));
    }
    async startChat(): Promise<string> {
        return this.chats.snapshot().all[1]!.id;
    }
    async setName(): Promise<void> {}
    async setPicture(): Promise<void> {}
    async devices(): Promise<readonly Device[]> {
        return DEVICES;
    }
    async renameDevice(): Promise<void> {}
    async removeDevice(): Promise<void> {}
    async changePassword(): Promise<void> {}
    retryNow(): void {}
}
