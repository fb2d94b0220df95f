/** What the server's administration answers, checked field by field: an older server says less. */
export interface PersonRow {
    readonly id: string;
    readonly name: string;
    readonly admin: boolean;
    readonly state: 'active' | 'locked' | 'suspended' | 'closed';
    readonly since: number | undefined;
}

export interface PeoplePage {
    readonly people: readonly PersonRow[];
    readonly total: number | undefined;
    readonly next: string | undefined;
}

export interface DeviceRow {
    readonly id: string;
    readonly name: string;
    readonly lastSeen: number | undefined;
    readonly lastAddress: string | undefined;
}

export interface InvitationRow {
    readonly id: string;
    readonly createdAt: number | undefined;
    readonly uses: number;
    readonly usesAllowed: number | undefined;
    readonly expiresAt: number | undefined;
}

export interface InvitationsPage {
    readonly invitations: readonly InvitationRow[];
    readonly next: string | undefined;
}

export interface Link {
    readonly url: string;
    readonly expiresAt: number | undefined;
}

export interface Follower {
    readonly name: string;
    readonly lag: number;
    readonly faults: number;
    readonly failingSince: number | undefined;
}

export interface Status {
    readonly healthy: boolean;
    readonly followers: readonly Follower[];
    readonly specVersions: readonly string[];
    readonly people: number | undefined;
    readonly startedAt: number | undefined;
    readonly runtime: string | undefined;
    readonly store: string | undefined;
    readonly storeBytes: number | undefined;
}

type Json = Record<string, unknown>;

export function record(value: unknown): Json {
    return typeof value === 'object' && value !== null && !Array.isArray(value)
        ? (value as Json)
        : {};
}

export function records(value: unknown): readonly Json[] {
    return Array.isArray(value) ? value.map(record) : [];
}

export function text(value: unknown): string | undefined {
    return typeof value === 'string' && value !== '' ? value : undefined;
}

export function count(value: unknown): number | undefined {
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

/** What a conversation is called: its name, or of whom it consists. */
export function calledOf(json: Json): string | undefined {
    const people = Array.isArray(json.people) ? json.people : [];
    return text(json.name) ?? text(people.filter((one) => text(one) !== undefined).join(', '));
}

export function personOf(json: Json): PersonRow {
    const id = text(json.user_id) ?? '';
    const state = json.deactivated
        ? 'closed'
        : json.locked
          ? 'locked'
          : json.suspended
            ? 'suspended'
            : 'active';
    return {
        id,
        name: text(json.displayname) ?? id.replace(/^@/, '').split(':')[0] ?? id,
        admin: json.admin === true,
        state,
        since: count(json.created_at),
    };
}

export function peopleOf(json: Json): PeoplePage {
    return {
        people: records(json.users).map(personOf),
        total: count(json.total),
        next: text(json.next_batch),
    };
}

export function deviceOf(json: Json): DeviceRow {
    const id = text(json.device_id) ?? '';
    return {
        id,
        name: text(json.display_name) ?? id,
        lastSeen: count(json.last_seen_ts),
        lastAddress: text(json.last_seen_ip),
    };
}

function invitationOf(json: Json): InvitationRow {
    return {
        id: text(json.id) ?? '',
        createdAt: count(json.created_at),
        uses: count(json.uses) ?? 0,
        usesAllowed: count(json.uses_allowed),
        expiresAt: count(json.expires_at),
    };
}

export function invitationsOf(json: Json): InvitationsPage {
    return {
        invitations: records(json.invitations).map(invitationOf),
        next: text(json.next_batch),
    };
}

/** A link of this page's own address: the server may know itself by another. */
export function linkOf(json: Json, origin: string): Link {
    const link = text(json.link) ?? '';
    const hash = link.indexOf('#');
    return {
        url: hash >= 0 ? `${origin}/${link.slice(hash)}` : link,
        expiresAt: count(json.expires_at),
    };
}

export function followersOf(health: Json): readonly Follower[] {
    return Object.entries(record(health.followers)).map(([name, value]) => {
        const one = record(value);
        return {
            name,
            lag: count(one.lag) ?? 0,
            faults: count(one.faults) ?? 0,
            failingSince: count(one.failing_since_ts),
        };
    });
}
