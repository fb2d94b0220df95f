import { type Account, keepAccount } from '../../keep/account.ts';
import { isEndedSoftly, refresh } from '../signIn.ts';

const ABOUT_TO_END_MS = 60_000;

/** Who hears that the server takes the token no more. */
export interface Refused {
    /** The session ended; softly when the device stays, and only a password is wanted. */
    onEnded(softly: boolean): void;
    /** The account is locked, for as long as an administrator wishes. */
    onLocked(): void;
}

/**
 * The access token, renewed before it ends and when the server refuses it. The SDK renews tokens of
 * OAuth sessions only, so its requests go through {@link fetch} here.
 */
export class Tokens {
    #account: Account;
    #renewal: Promise<boolean> | undefined;
    readonly #to: Refused;

    constructor(account: Account, to: Refused) {
        this.#account = account;
        this.#to = to;
    }

    /** A token that is good for a while. */
    async fresh(): Promise<string> {
        const ends = this.#account.expiresAt ?? Number.POSITIVE_INFINITY;
        if (ends - Date.now() < ABOUT_TO_END_MS) {
            await this.renew();
        }
        return this.#account.accessToken;
    }

    /** Changes the token for a new one; the same call while one runs. False: the session ended. */
    renew(): Promise<boolean> {
        this.#renewal ??= this.#renew().finally(() => {
            this.#renewal = undefined;
        });
        return this.#renewal;
    }

    async #renew(): Promise<boolean> {
        const { refreshToken } = this.#account;
        const renewed = refreshToken ? await refresh(refreshToken) : undefined;
        if (!renewed) {
            this.#to.onEnded(await isEndedSoftly(this.#account.accessToken));
            return false;
        }
        this.#account = { ...this.#account, ...renewed };
        await keepAccount(this.#account);
        return true;
    }

    /** What the SDK fetches with: puts the token in where one stands, and renews it once. */
    readonly fetch: typeof globalThis.fetch = async (input, init) => {
        const headers = new Headers(init?.headers);
        if (!headers.has('authorization')) {
            return globalThis.fetch(input, init);
        }
        const used = await this.fresh();
        headers.set('authorization', `Bearer ${used}`);
        const answer = await globalThis.fetch(input, { ...init, headers });
        const errcode = answer.status === 401 ? await errcodeOf(answer) : undefined;
        if (errcode === 'M_USER_LOCKED') {
            this.#to.onLocked(); // The SDK takes it for a line that is down, and tries for ever.
        }
        if (errcode !== 'M_UNKNOWN_TOKEN') {
            return answer;
        }
        const isNewer = this.#account.accessToken !== used;
        if (!isNewer && !(await this.renew())) {
            return answer;
        }
        headers.set('authorization', `Bearer ${this.#account.accessToken}`);
        return globalThis.fetch(input, { ...init, headers });
    };
}

async function errcodeOf(answer: Response): Promise<unknown> {
    const body: unknown = await answer
        .clone()
        .json()
        .catch(() => undefined);
    return (body as { errcode?: unknown } | undefined)?.errcode;
}
