import { type Trouble, Troubled } from '../../matrix/index.ts';
import {
    count,
    type DeviceRow,
    deviceOf,
    followersOf,
    type InvitationsPage,
    invitationsOf,
    type Link,
    linkOf,
    type PeoplePage,
    type PersonRow,
    peopleOf,
    personOf,
    record,
    records,
    type Status,
    text,
} from './answers.ts';
import { forgetSession, keepSession, keptSession } from './kept.ts';

const CLIENT = '/_matrix/client';
const ADMIN = '/_chancery/admin/v1';
const ANSWER_WITHIN_MS = 30_000;
const PAGE = 50;

type Json = Record<string, unknown>;

interface Ask {
    readonly json?: unknown;
    readonly token?: string | undefined;
    /** Statuses that are an answer, not a fault. */
    readonly alsoOk?: readonly number[];
}

async function call(method: string, path: string, how: Ask = {}): Promise<Json> {
    const { json, token, alsoOk = [] } = how;
    const headers: Record<string, string> = { accept: 'application/json' };
    if (json !== undefined) headers['content-type'] = 'application/json';
    if (token !== undefined) headers.authorization = `Bearer ${token}`;
    let answer: Response;
    try {
        answer = await fetch(path, {
            method,
            headers,
            cache: 'no-store',
            signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
            ...(json === undefined ? {} : { body: JSON.stringify(json) }),
        });
    } catch {
        throw new Troubled({ kind: navigator.onLine ? 'server-away' : 'offline' });
    }
    const body = record(await answer.json().catch(() => ({})));
    if (!answer.ok && !alsoOk.includes(answer.status)) {
        throw new Troubled(troubleOf(answer.status, body));
    }
    return body;
}

function troubleOf(status: number, body: Json): Trouble {
    const code = text(body.errcode);
    if (code === 'M_LIMIT_EXCEEDED') {
        return { kind: 'limited', retryAfterMs: count(body.retry_after_ms) ?? 5_000 };
    }
    if (code === 'M_FORBIDDEN' || code === 'M_INVALID_PARAM' || code === 'M_INVALID_ROOM_STATE')
        return { kind: 'refused', message: text(body.error) ?? '' };
    if (code === 'M_NOT_FOUND') return { kind: 'gone' };
    if (status >= 500) return { kind: 'server-away' };
    return { kind: 'unknown', code: code ?? String(status) };
}

function hasEnded(fault: unknown): boolean {
    return (
        fault instanceof Troubled &&
        fault.trouble.kind === 'unknown' &&
        fault.trouble.code === 'M_UNKNOWN_TOKEN'
    );
}

/**
 * Who administers may do all; whom a case names as its officer sees those cases, which is answered
 * with true. Throws `refused` for everybody else.
 */
async function isOfficerOnly(api: Api): Promise<boolean> {
    try {
        await api.people('', '');
        return false;
    } catch (fault) {
        const { cases } = await api
            .ask('GET', `${ADMIN}/cases?limit=1`)
            .catch(() => Promise.reject(fault));
        if (records(cases).length === 0) throw fault;
        return true;
    }
}

/** Signs in for the console; throws `wrong-password`, or `refused` for who has no part in it. */
export async function signIn(user: string, password: string): Promise<Api> {
    const body = await call('POST', `${CLIENT}/v3/login`, {
        json: {
            type: 'm.login.password',
            identifier: { type: 'm.id.user', user: user.trim() },
            password,
            initial_device_display_name: 'Console',
        },
    }).catch((fault: unknown) => {
        const refused = fault instanceof Troubled && fault.trouble.kind === 'refused';
        throw refused ? new Troubled({ kind: 'wrong-password' }) : fault;
    });
    const [token, me] = [text(body.access_token), text(body.user_id)];
    if (!token || !me) {
        throw new Troubled({ kind: 'unknown', code: 'NO_SESSION' });
    }
    const officer = await isOfficerOnly(new Api(token, me)).catch(async (fault: unknown) => {
        await new Api(token, me).signOut();
        throw fault;
    });
    await keepSession({ token, me, officer });
    return new Api(token, me, officer);
}

/** The session of before a reload of this tab. */
export async function signedIn(): Promise<Api | undefined> {
    const kept = await keptSession();
    return kept && new Api(kept.token, kept.me, kept.officer);
}

/** The administration of one signed-in administrator, or the cases of one officer. */
export class Api {
    readonly #token: string;
    readonly me: string;
    /** Sees the cases that name them, and administers nothing. */
    readonly officer: boolean;
    /** Called when the server does not know the session any more. */
    onEnded: () => void = () => undefined;

    constructor(token: string, me: string, officer = false) {
        this.#token = token;
        this.me = me;
        this.officer = officer;
    }

    async people(words: string, from: string): Promise<PeoplePage> {
        const query = new URLSearchParams({ limit: String(PAGE) });
        if (from !== '') query.set('from', from);
        if (words.trim() !== '') query.set('search', words.trim());
        return peopleOf(await this.#call('GET', `${ADMIN}/users?${query}`));
    }

    async person(user: string): Promise<PersonRow> {
        return personOf(await this.#call('GET', `${ADMIN}/users/${encodeURIComponent(user)}`));
    }

    async setLocked(user: string, locked: boolean): Promise<void> {
        const path = `${CLIENT}/v1/admin/lock/${encodeURIComponent(user)}`;
        await this.#call('PUT', path, { locked });
    }

    async setSuspended(user: string, suspended: boolean): Promise<void> {
        const path = `${CLIENT}/v1/admin/suspend/${encodeURIComponent(user)}`;
        await this.#call('PUT', path, { suspended });
    }

    /** Closes an account for good. */
    async close(user: string): Promise<void> {
        await this.#call('POST', this.#of(user, 'deactivate'), {});
    }

    async resetLink(user: string): Promise<Link> {
        const made = await this.#call('POST', this.#of(user, 'password_reset'), {});
        return linkOf(made, location.origin);
    }

    async devices(user: string): Promise<readonly DeviceRow[]> {
        const { devices } = await this.#call('GET', this.#of(user, 'devices'));
        return records(devices).map(deviceOf);
    }

    async signOutDevice(user: string, device: string): Promise<void> {
        await this.#call('DELETE', `${this.#of(user, 'devices')}/${encodeURIComponent(device)}`);
    }

    async invite(uses: number, days: number): Promise<Link> {
        const made = await this.#call('POST', `${ADMIN}/invitations`, {
            uses_allowed: uses,
            expires_in_ms: days * 86_400_000,
        });
        return linkOf(made, location.origin);
    }

    async invitations(from: string): Promise<InvitationsPage> {
        const query = new URLSearchParams({ limit: String(PAGE) });
        if (from !== '') query.set('from', from);
        return invitationsOf(await this.#call('GET', `${ADMIN}/invitations?${query}`));
    }

    async takeBack(invitation: string): Promise<void> {
        await this.#call('DELETE', `${ADMIN}/invitations/${encodeURIComponent(invitation)}`);
    }

    async status(): Promise<Status> {
        const [health, versions, status] = await Promise.all([
            call('GET', '/_chancery/health', { alsoOk: [503] }),
            call('GET', `${CLIENT}/versions`),
            this.#call('GET', `${ADMIN}/status`),
        ]);
        const list = Array.isArray(versions.versions) ? versions.versions : [];
        return {
            healthy: health.status === 'ok',
            followers: followersOf(health),
            specVersions: list.map(text).filter((one) => one !== undefined),
            people: count(status.accounts),
            startedAt: count(status.started_ts),
            runtime: text(status.runtime),
            store: text(status.store),
            storeBytes: count(status.store_bytes),
        };
    }

    async signOut(): Promise<void> {
        forgetSession();
        // Without a line the server ends the session by itself later.
        await this.#call('POST', `${CLIENT}/v3/logout`, {}).catch(() => undefined);
    }

    /** Asks what the pages of other desks need. */
    ask(method: string, path: string, json?: unknown): Promise<Json> {
        return this.#call(method, path, json);
    }

    /** A file of any size; the browser keeps what is large on disk. */
    async fetchFile(path: string): Promise<Blob> {
        const headers = { authorization: `Bearer ${this.#token}` };
        let answer: Response;
        try {
            answer = await fetch(path, { headers, cache: 'no-store' });
        } catch {
            throw new Troubled({ kind: navigator.onLine ? 'server-away' : 'offline' });
        }
        if (!answer.ok) {
            throw new Troubled(
                troubleOf(answer.status, record(await answer.json().catch(() => ({})))),
            );
        }
        return await answer.blob();
    }

    #of(user: string, what: string): string {
        return `${ADMIN}/users/${encodeURIComponent(user)}/${what}`;
    }

    async #call(method: string, path: string, json?: unknown): Promise<Json> {
        try {
            return await call(method, path, { token: this.#token, json });
        } catch (fault) {
            if (hasEnded(fault)) {
                forgetSession();
                this.onEnded();
            }
            throw fault;
        }
    }
}
