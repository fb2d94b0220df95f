import { type Account, keepAccount } from '../../keep/account.ts';
import { refresh } from '../signIn.ts';

const ABOUT_TO_END_MS = 60_000;

/**
 * The access token, renewed before it ends and when the server refuses it. The SDK renews tokens of
 * OAuth sessions only, so its requests go through {@link fetch} here.
 */
export class Tokens {
    #account: Account;
    #renewal: Promise<boolean> | undefined;
    readonly #onEnded: () => void;

    /** @param onEnded is called when the server knows the session no more */
    constructor(account: Account, onEnded: () => void) {
        this.#account = account;
        this.#onEnded = onEnded;
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
            this.#onEnded();
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
        if (answer.status !== 401 || !(await isUnknownToken(answer))) {
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

async function isUnknownToken(answer: Response): Promise<boolean> {
    const body: unknown = await answer
        .clone()
        .json()
        .catch(() => undefined);
    return (body as { errcode?: unknown } | undefined)?.errcode === 'M_UNKNOWN_TOKEN';
}
