// Details, settings and a search feed that nobody has, for the gallery.
import type {
    ChatDetails,
    DetailedMember,
    DetailsSnapshot,
    Fed,
    Feed,
    FeedPage,
    Notices,
    Person,
    Personal,
    WebPush,
} from '../../src/matrix/index.ts';
import { Cell, Observable } from '../../src/matrix/observable.ts';

const DAY = 86_400_000;

function member(person: Person, n: number): DetailedMember {
    const outside = n > 5;
    const server = outside ? 'bureau.example' : 'westhaven.example';
    return {
        ...person,
        id: `@${person.name.toLowerCase().replace(/[^a-z]+/g, '.')}:${server}`,
        membership: 'join',
        role: n === 1 ? 'owner' : n === 2 ? 'moderator' : 'member',
        outside,
        own: n === 0,
        since: Date.UTC(2026, 10, 19) - n * DAY,
        devices: [
            { id: 'A', name: 'Firefox, Linux', confirmed: true },
            { id: 'B', name: 'New phone', confirmed: n !== 6 },
        ],
        can: { remove: n > 1, setRole: n > 1 },
    };
}

export class FakeDetails extends Observable<DetailsSnapshot> implements ChatDetails {
    constructor(people: readonly Person[], name: string) {
        const all = people.map(member);
        super({
            ready: true,
            devicesReady: true,
            name,
            description: 'Closure of the quay for building works, and what it takes.',
            encrypted: true,
            access: 'asking',
            history: 'shared',
            servers: ['bureau.example'],
            members: all.slice(0, 7),
            invited: all.slice(7).map((one) => ({ ...one, membership: 'invite' })),
            asking: all.slice(3, 4).map((one) => ({ ...one, membership: 'ask' })),
            more: 0,
            can: {
                rename: true,
                describe: true,
                picture: true,
                invite: true,
                access: true,
                history: true,
            },
        });
    }
    async setRole(): Promise<void> {}
    async setAccess(access: 'invited' | 'asking'): Promise<void> {
        this.publish({ ...this.snapshot(), access });
    }
    async setHistory(history: 'shared' | 'invited' | 'joined'): Promise<void> {
        this.publish({ ...this.snapshot(), history });
    }
    async letIn(): Promise<void> {}
    close(): void {}
}

export class FakePersonal implements Personal {
    readonly about = new Cell<string | undefined>('Roads and bridges');
    readonly blocked = new Cell<readonly Person[]>([]);
    readonly notices = new Cell<Notices>({
        direct: true,
        group: true,
        mention: true,
        invitation: true,
        reaction: false,
        paused: false,
    });
    readonly webPush = new Cell<WebPush>({ state: 'off' });
    async setAbout(text: string): Promise<void> {
        this.about.set(text);
    }
    async block(): Promise<void> {}
    async reportChat(): Promise<void> {}
    async reportPerson(): Promise<void> {}
    async setNotice(kind: keyof Notices, on: boolean): Promise<void> {
        this.notices.set({ ...this.notices.snapshot(), [kind]: on });
    }
    async setPaused(paused: boolean): Promise<void> {
        this.notices.set({ ...this.notices.snapshot(), paused });
    }
    async setWebPush(on: boolean): Promise<void> {
        this.webPush.set({ state: on ? 'on' : 'off' });
    }
    async removeDevices(): Promise<void> {}
    async preview() {
        return {
            id: '!g:x',
            name: 'Harbour Quay works',
            description: '',
            memberCount: 9,
            state: 'may-ask',
        } as const;
    }
    async joinByLink(): Promise<void> {}
    async askToJoin(): Promise<void> {}
}

export class FakeFeed implements Feed {
    readonly owner = 'gallery';
    readonly #chats: readonly string[];
    readonly #person: Person;
    constructor(chats: readonly string[], person: Person) {
        this.#chats = chats;
        this.#person = person;
    }
    listen(): () => void {
        return () => undefined;
    }
    held(chatId: string): readonly Fed[] {
        return ['the depot has salt enough', 'see https://westhaven.example/salt'].map(
            (text, n) => ({
                put: {
                    chatId,
                    id: `$${chatId}${n}`,
                    time: Date.UTC(2026, 10, 20 + n),
                    senderId: this.#person.id,
                    senderName: this.#person.name,
                    kind: 'text',
                    text,
                },
            }),
        );
    }
    chats(): readonly string[] {
        return this.#chats;
    }
    async before(): Promise<FeedPage> {
        return { fed: [], locked: 0 };
    }
    indexKey(): Promise<CryptoKey> {
        return crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
            'encrypt',
            'decrypt',
        ]);
    }
    person(): Person {
        return this.#person;
    }
    onStop(): void {}
    async note(): Promise<void> {}
}
