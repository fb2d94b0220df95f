import {
    EventTimeline,
    EventType,
    HistoryVisibility,
    JoinRule,
    KnownMembership,
    type MatrixClient,
    type MatrixEvent,
    type Room,
    type RoomMember,
    RoomStateEvent,
} from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type {
    Access,
    ChatDetails,
    DetailedMember,
    DetailsSnapshot,
    History,
    MemberDevice,
} from '../details.ts';
import { Batch, Observable } from '../observable.ts';
import { keepsTheRecord, keptRecordOf } from './keptRecord.ts';
import type { People } from './people.ts';

/** How many people are listed, and their devices looked at. */
const LISTED_MAX = 500;
const MODERATOR = 50;
const OWNER = 100;

const EMPTY: DetailsSnapshot = {
    ready: false,
    devicesReady: false,
    name: '',
    description: '',
    encrypted: false,
    access: 'invited',
    history: 'shared',
    servers: [],
    members: [],
    invited: [],
    asking: [],
    more: 0,
    can: {
        rename: false,
        describe: false,
        picture: false,
        invite: false,
        access: false,
        history: false,
    },
};

/** What a chat is and who is in it, from its state and the lists of devices. */
export class RoomDetails extends Observable<DetailsSnapshot> implements ChatDetails {
    readonly #client: MatrixClient;
    readonly #people: People;
    readonly #chatId: string;
    readonly #batch = new Batch(() => this.#draw());
    #devices = new Map<string, readonly MemberDevice[]>();
    #membersLoaded = false;
    #devicesLoaded = false;
    #looking = false;
    #lookAgain = false;
    #closed = false;

    constructor(client: MatrixClient, people: People, chatId: string) {
        super(EMPTY);
        this.#client = client;
        this.#people = people;
        this.#chatId = chatId;
        client.on(RoomStateEvent.Events, this.#stateChanged);
        client.on(RoomStateEvent.Members, this.#memberChanged);
        client.on(CryptoEvent.DevicesUpdated, this.#devicesChanged);
        this.#draw();
        void this.#load();
    }

    async setRole(personId: string, role: 'owner' | 'member'): Promise<void> {
        const level = role === 'owner' ? OWNER : undefined;
        await this.#client.setPowerLevel(this.#chatId, personId, level);
    }

    async setAccess(access: 'invited' | 'asking'): Promise<void> {
        const rule = access === 'invited' ? JoinRule.Invite : JoinRule.Knock;
        await this.#client.sendStateEvent(this.#chatId, EventType.RoomJoinRules, {
            join_rule: rule,
        });
    }

    async setHistory(history: 'shared' | 'invited' | 'joined'): Promise<void> {
        const visibility = history as HistoryVisibility;
        await this.#client.sendStateEvent(this.#chatId, EventType.RoomHistoryVisibility, {
            history_visibility: visibility,
        });
    }

    async letIn(personId: string): Promise<void> {
        await this.#client.invite(this.#chatId, personId);
    }

    close(): void {
        this.#closed = true;
        this.#batch.cancel();
        this.#client.off(RoomStateEvent.Events, this.#stateChanged);
        this.#client.off(RoomStateEvent.Members, this.#memberChanged);
        this.#client.off(CryptoEvent.DevicesUpdated, this.#devicesChanged);
    }

    readonly #stateChanged = (event: MatrixEvent) => {
        if (event.getRoomId() === this.#chatId) {
            this.#batch.want();
        }
    };

    /** Told once the member is what the event says, which the state's own event is not yet. */
    readonly #memberChanged = (event: MatrixEvent) => {
        if (event.getRoomId() === this.#chatId) {
            void this.#lookAtDevices();
        }
    };

    readonly #devicesChanged = (users: string[]) => {
        const members = this.snapshot().members;
        if (users.some((user) => members.some((member) => member.id === user))) {
            void this.#lookAtDevices();
        }
    };

    async #load(): Promise<void> {
        try {
            await this.#room()?.loadMembersIfNeeded();
        } finally {
            this.#membersLoaded = true;
            this.#wantDraw();
        }
        await this.#lookAtDevices();
    }

    #wantDraw(): void {
        if (!this.#closed) {
            this.#batch.want();
        }
    }

    /** One look at a time; a change meanwhile has it look once more. */
    async #lookAtDevices(): Promise<void> {
        if (this.#looking) {
            this.#lookAgain = true;
            return;
        }
        this.#looking = true;
        try {
            do {
                this.#lookAgain = false;
                this.#devices = await this.#allDevices();
                this.#devicesLoaded = true;
            } while (this.#lookAgain && !this.#closed);
        } catch {
            this.#devicesLoaded = false; // Shown as not known; the next change looks again.
        } finally {
            this.#looking = false;
            this.#wantDraw();
        }
    }

    async #allDevices(): Promise<Map<string, readonly MemberDevice[]>> {
        const found = new Map<string, readonly MemberDevice[]>();
        const crypto = this.#client.getCrypto();
        const room = this.#room();
        if (!crypto || !room) {
            return found;
        }
        const ids = room
            .getMembersWithMembership(KnownMembership.Join)
            .slice(0, LISTED_MAX)
            .map((member) => member.userId);
        for (const [user, devices] of await crypto.getUserDeviceInfo(ids, true)) {
            const listed: MemberDevice[] = [];
            for (const [id, device] of devices) {
                const status = await crypto.getDeviceVerificationStatus(user, id);
                listed.push({
                    id,
                    name: device.displayName ?? id,
                    confirmed: status?.signedByOwner === true,
                });
            }
            found.set(user, listed);
        }
        return found;
    }

    #room(): Room | null {
        return this.#client.getRoom(this.#chatId);
    }

    #draw(): void {
        const room = this.#room();
        const state = room?.getLiveTimeline().getState(EventTimeline.FORWARDS);
        if (!room || !state || this.#closed) {
            return;
        }
        const me = this.#client.getSafeUserId();
        const content = (type: string) => state.getStateEvents(type, '')?.getContent() ?? {};
        const may = (type: string) => state.maySendStateEvent(type, me);
        const record = keptRecordOf(state);
        const joined = room
            .getMembersWithMembership(KnownMembership.Join)
            .filter((member) => !keepsTheRecord(record, member.userId));
        const members = this.#members(room, joined);
        const avatar: unknown = content(EventType.RoomAvatar).url;
        this.publish({
            ready: this.#membersLoaded,
            devicesReady: this.#devicesLoaded,
            name: room.name,
            description: text(content(EventType.RoomTopic).topic),
            avatarMxc: typeof avatar === 'string' ? avatar : undefined,
            encrypted: room.hasEncryptionStateEvent(),
            access: accessOf(room.getJoinRule()),
            history: historyOf(room.getHistoryVisibility()),
            record,
            servers: this.#servers(joined),
            members: members.slice(0, LISTED_MAX),
            more: Math.max(0, members.length - LISTED_MAX),
            invited: this.#members(room, room.getMembersWithMembership(KnownMembership.Invite)),
            asking: this.#members(room, room.getMembersWithMembership(KnownMembership.Knock)),
            can: {
                rename: may(EventType.RoomName),
                describe: may(EventType.RoomTopic),
                picture: may(EventType.RoomAvatar),
                invite: room.canInvite(me),
                access: may(EventType.RoomJoinRules),
                history: may(EventType.RoomHistoryVisibility),
            },
        });
    }

    #servers(members: readonly RoomMember[]): readonly string[] {
        const home = serverOf(this.#client.getSafeUserId());
        const servers = new Set(members.map((member) => serverOf(member.userId)));
        servers.delete(home);
        return [...servers].sort();
    }

    #members(room: Room, members: readonly RoomMember[]): readonly DetailedMember[] {
        const rights = rightsIn(room, this.#client.getSafeUserId());
        return members
            .map((member) => this.#member(room, member, rights))
            .sort((a, b) => Number(b.own) - Number(a.own) || a.name.localeCompare(b.name));
    }

    #member(room: Room, member: RoomMember, rights: Rights): DetailedMember {
        const me = this.#client.getSafeUserId();
        const own = member.userId === me;
        const level = member.powerLevel;
        const below = level < rights.level;
        const membership = member.membership === KnownMembership.Join ? 'join' : undefined;
        return {
            ...this.#people.member(room.roomId, member),
            own,
            since: member.events.member?.getTs(),
            devices: this.#devices.get(member.userId),
            membership:
                membership ?? (member.membership === KnownMembership.Invite ? 'invite' : 'ask'),
            role: level >= OWNER ? 'owner' : level >= MODERATOR ? 'moderator' : 'member',
            outside: serverOf(member.userId) !== serverOf(me),
            can: {
                remove: !own && below && rights.remove,
                setRole: !own && below && rights.setRole && rights.level >= OWNER,
            },
        };
    }
}

interface Rights {
    readonly level: number;
    readonly remove: boolean;
    readonly setRole: boolean;
}

function rightsIn(room: Room, me: string): Rights {
    const member = room.getMember(me);
    const state = room.getLiveTimeline().getState(EventTimeline.FORWARDS);
    const levels = state?.getStateEvents(EventType.RoomPowerLevels, '')?.getContent() ?? {};
    const level = member ? member.powerLevel : 0;
    const kick = typeof levels.kick === 'number' ? levels.kick : MODERATOR;
    return {
        level,
        remove: level >= kick,
        setRole: state?.maySendStateEvent(EventType.RoomPowerLevels, me) ?? false,
    };
}

function serverOf(userId: string): string {
    return userId.slice(userId.indexOf(':') + 1);
}

function text(value: unknown): string {
    return typeof value === 'string' ? value : '';
}

function accessOf(rule: string): Access {
    switch (rule) {
        case JoinRule.Public:
            return 'anyone';
        case JoinRule.Knock:
        case 'knock_restricted':
            return 'asking';
        case JoinRule.Restricted:
            return 'members-elsewhere';
        default:
            return 'invited';
    }
}

function historyOf(visibility: string): History {
    switch (visibility) {
        case HistoryVisibility.WorldReadable:
            return 'anyone';
        case HistoryVisibility.Invited:
            return 'invited';
        case HistoryVisibility.Joined:
            return 'joined';
        default:
            return 'shared';
    }
}
