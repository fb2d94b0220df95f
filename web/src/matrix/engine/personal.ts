import {
    ClientEvent,
    EventType,
    JoinRule,
    KnownMembership,
    type MatrixClient,
    type MatrixEvent,
    Method,
    PushRuleKind,
    RuleId,
} from 'matrix-js-sdk';
import type { ChatPreview, NoticeKind, Notices, Personal, WebPush } from '../details.ts';
import { Cell } from '../observable.ts';
import type { Person } from '../types.ts';
import { proof, proven, sessionOf } from './passwordProof.ts';
import type { People } from './people.ts';
import { BrowserPush } from './webPush.ts';

/** The profile field of these words; the spec has none for it yet. */
const ABOUT = 'org.chancery.about';
const ABOUT_MAX = 200;

/** The rule of the spec that decides for each kind of notice. */
const RULES: Record<NoticeKind, readonly (readonly [PushRuleKind, string])[]> = {
    direct: [
        [PushRuleKind.Underride, RuleId.DM],
        [PushRuleKind.Underride, RuleId.EncryptedDM],
    ],
    group: [
        [PushRuleKind.Underride, RuleId.Message],
        [PushRuleKind.Underride, RuleId.EncryptedMessage],
    ],
    mention: [
        [PushRuleKind.Override, RuleId.IsUserMention],
        [PushRuleKind.Override, RuleId.IsRoomMention],
    ],
    invitation: [[PushRuleKind.Override, RuleId.InviteToSelf]],
    reaction: [[PushRuleKind.Override, '.m.rule.reaction']],
};

/** Rules that forbid rather than allow. */
const SILENCING: ReadonlySet<NoticeKind> = new Set(['reaction']);
const KINDS = Object.keys(RULES) as NoticeKind[];

/** What concerns the person on all devices, beside keys and chats. */
export class OwnSettings implements Personal {
    readonly #client: MatrixClient;
    readonly #people: People;
    readonly about = new Cell<string | undefined>(undefined);
    readonly blocked: Cell<readonly Person[]>;
    readonly notices: Cell<Notices>;
    readonly #push: BrowserPush;

    constructor(client: MatrixClient, people: People) {
        this.#client = client;
        this.#people = people;
        this.#push = new BrowserPush(client);
        this.blocked = new Cell(this.#blockedNow());
        this.notices = new Cell(this.#noticesNow());
        client.on(ClientEvent.AccountData, this.#changed);
        void this.#readAbout();
    }

    get webPush(): Cell<WebPush> {
        return this.#push.state;
    }

    setWebPush(on: boolean): Promise<void> {
        return on ? this.#push.switchOn() : this.#push.switchOff();
    }

    stop(): void {
        this.#client.off(ClientEvent.AccountData, this.#changed);
    }

    async setAbout(text: string): Promise<void> {
        const plain = text.trim().slice(0, ABOUT_MAX);
        if (plain === '') {
            await this.#client.deleteExtendedProfileProperty(ABOUT);
        } else {
            await this.#client.setExtendedProfileProperty(ABOUT, plain);
        }
        this.about.set(plain);
    }

    async block(personId: string, blocked: boolean): Promise<void> {
        const others = this.#client.getIgnoredUsers().filter((id) => id !== personId);
        await this.#client.setIgnoredUsers(blocked ? [...others, personId] : others);
    }

    async reportChat(chatId: string, reason: string): Promise<void> {
        await this.#client.reportRoom(chatId, reason);
    }

    async reportPerson(personId: string, reason: string): Promise<void> {
        const path = `/users/${encodeURIComponent(personId)}/report`;
        await this.#client.http.authedRequest(Method.Post, path, undefined, { reason });
    }

    async setNotice(kind: NoticeKind, on: boolean): Promise<void> {
        for (const [where, rule] of RULES[kind]) {
            await this.#client.setPushRuleEnabled(
                'global',
                where,
                rule,
                on !== SILENCING.has(kind),
            );
        }
    }

    async setPaused(paused: boolean): Promise<void> {
        await this.#client.setPushRuleEnabled(
            'global',
            PushRuleKind.Override,
            RuleId.Master,
            paused,
        );
    }

    async removeDevices(deviceIds: readonly string[], password: string): Promise<void> {
        const ids = [...deviceIds];
        try {
            await this.#client.deleteMultipleDevices(ids);
        } catch (fault) {
            const session = sessionOf(fault);
            if (session === undefined) {
                throw fault;
            }
            const auth = proof(this.#client.getSafeUserId(), password, session);
            await proven(() => this.#client.deleteMultipleDevices(ids, auth));
        }
    }

    async preview(chatId: string, via: readonly string[]): Promise<ChatPreview> {
        const room = this.#client.getRoom(chatId);
        const membership = room?.getMyMembership();
        if (room && membership === KnownMembership.Join) {
            const description = room.currentState
                .getStateEvents(EventType.RoomTopic, '')
                ?.getContent().topic;
            return {
                id: chatId,
                name: room.name,
                description: typeof description === 'string' ? description : '',
                memberCount: room.getJoinedMemberCount(),
                state: 'member',
            };
        }
        const told = await this.#client.getRoomSummary(chatId, [...via]).catch(() => undefined);
        return {
            id: chatId,
            name: told?.name ?? '',
            description: told?.topic ?? '',
            memberCount: told?.num_joined_members,
            state: stateOf(membership, told?.join_rule),
        };
    }

    async joinByLink(chatId: string, via: readonly string[]): Promise<void> {
        await this.#client.joinRoom(chatId, { viaServers: [...via] });
    }

    async askToJoin(chatId: string, via: readonly string[], reason: string): Promise<void> {
        await this.#client.knockRoom(chatId, { viaServers: [...via], reason });
    }

    readonly #changed = (event: MatrixEvent) => {
        if (event.getType() === EventType.IgnoredUserList) {
            this.blocked.set(this.#blockedNow());
        } else if (event.getType() === EventType.PushRules) {
            this.notices.set(this.#noticesNow());
        }
    };

    #blockedNow(): readonly Person[] {
        return this.#client.getIgnoredUsers().map((id) => this.#people.any(id));
    }

    #noticesNow(): Notices {
        const rules = this.#client.pushRules?.global;
        const isOn = (where: PushRuleKind, id: string) =>
            rules?.[where]?.find((rule) => rule.rule_id === id)?.enabled !== false;
        const on = KINDS.map((kind) => {
            const all = RULES[kind].every(([where, id]) => isOn(where, id));
            return [kind, all !== SILENCING.has(kind)] as const;
        });
        const master = rules?.override?.find((rule) => rule.rule_id === RuleId.Master);
        const kinds = Object.fromEntries(on) as Record<NoticeKind, boolean>;
        return { ...kinds, paused: master?.enabled === true };
    }

    async #readAbout(): Promise<void> {
        try {
            const profile = await this.#client.getExtendedProfile(this.#client.getSafeUserId());
            const about = profile[ABOUT];
            this.about.set(typeof about === 'string' ? about : '');
        } catch {
            this.about.set(undefined); // Not known; the field stays closed.
        }
    }
}

function stateOf(membership: string | undefined, rule: string | undefined): ChatPreview['state'] {
    if (membership === KnownMembership.Invite) {
        return 'invited';
    }
    if (membership === KnownMembership.Knock) {
        return 'asked';
    }
    switch (rule) {
        case JoinRule.Public:
            return 'may-join';
        case JoinRule.Invite:
        case JoinRule.Private:
            return 'closed';
        default:
            return 'may-ask'; // Also where the server does not say: asking does no harm.
    }
}
