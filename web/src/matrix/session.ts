import {
    type Account,
    forgetAccount,
    keepAccount,
    keptAccount,
    notedDatabases,
} from '../keep/account.ts';
import { deleteDatabase, wipe } from '../keep/db.ts';
import { openLock, setLock, takeLockAway } from '../keep/lock.ts';
import {
    hasPasskey,
    knowsPasskeys,
    openByPasskey,
    setPasskey,
    takePasskeyAway,
} from '../keep/passkey.ts';
import type { Home, ServerFacts, Session, SessionState } from './home.ts';
import { call, isRecord, text } from './http.ts';
import { Observable } from './observable.ts';
import {
    type Credentials,
    logOut,
    registerByToken,
    resetPassword,
    setDisplayName,
    signInByPassword,
    tokenIsGood,
} from './signIn.ts';
import { TabLock } from './tabLock.ts';
import { Troubled, troubleOf } from './trouble.ts';

const STORE_KEY_BYTES = 32;

/** What the engine, which holds the SDK, gives the session. */
export interface Engine {
    readonly home: Home;
    /** Ends all listening and waits for work in flight; the data stay. */
    stop(): Promise<void>;
}

interface Opening {
    readonly account: Account;
    /** Known only right after it was typed: it lets the keys be set up without a question. */
    readonly password: string | undefined;
    readonly onStep: (step: 'keys' | 'messages') => void;
    /** Softly: the device stays, and a password is wanted. */
    readonly onEnded: (softly: boolean) => void;
    readonly onLocked: () => void;
}

export function createSession(): Session {
    return new OneSession();
}

function randomKey(): string {
    const bytes = crypto.getRandomValues(new Uint8Array(STORE_KEY_BYTES));
    return btoa(String.fromCharCode(...bytes));
}

/** What devices are called in the list of devices: browser and system, no version. */
function deviceName(agent: string): string {
    const browser = /Firefox\//.test(agent)
        ? 'Firefox'
        : /Edg\//.test(agent)
          ? 'Edge'
          : /Chrome\//.test(agent)
            ? 'Chrome'
            : /Safari\//.test(agent)
              ? 'Safari'
              : 'Browser';
    const system = /Android/.test(agent)
        ? 'Android'
        : /iPhone|iPad/.test(agent)
          ? 'iOS'
          : /Windows/.test(agent)
            ? 'Windows'
            : /Mac OS/.test(agent)
              ? 'macOS'
              : 'Linux';
    return `${browser}, ${system}`;
}

class OneSession extends Observable<SessionState> implements Session {
    readonly #tabs = new TabLock(() => this.#handOver());
    #engine: Engine | undefined;
    /** The engine that is being opened. */
    #opening: Promise<Engine> | undefined;
    /** The end of the engine, while the password is asked for again. */
    #ending: Promise<void> | undefined;
    #password: string | undefined;
    /** The key of the store, while a lock keeps it out of what is on disk. */
    #storeKey: string | undefined;
    #facts: Promise<ServerFacts> | undefined;

    constructor() {
        super({ at: 'starting' });
    }

    async start(): Promise<void> {
        try {
            if (!(await keptAccount())) {
                this.publish({ at: 'signed-out' });
            } else if (this.#tabs.held || (await this.#tabs.take())) {
                await this.#open();
            } else {
                this.publish({ at: 'elsewhere' });
            }
        } catch (fault) {
            this.publish({ at: 'failed', trouble: troubleOf(fault) });
        }
    }

    facts(): Promise<ServerFacts> {
        this.#facts ??= call('GET', '/client-config.json')
            .then((body) => ({
                brand: text(body.brand) ?? '',
                serverName: text(body.server_name) ?? location.hostname,
                openRegistration:
                    isRecord(body.policies) && body.policies.open_registration === true,
            }))
            .catch((fault: unknown) => {
                this.#facts = undefined; // The next one asks again.
                throw fault;
            });
        return this.#facts;
    }

    async signIn(user: string, password: string): Promise<void> {
        const device = { name: deviceName(navigator.userAgent) };
        await this.#begin(await signInByPassword(user, password, device), password);
    }

    async signInAgain(password: string): Promise<void> {
        const account = await keptAccount();
        if (!account) {
            this.publish({ at: 'signed-out' });
            return;
        }
        const device = { id: account.deviceId };
        const renewed = await signInByPassword(account.userId, password, device);
        await this.#ending; // Two clients would break the stores that both open.
        await keepAccount({ ...account, ...renewed });
        await this.#open();
    }

    async register(wish: {
        token: string;
        user: string;
        name: string;
        password: string;
    }): Promise<void> {
        const device = deviceName(navigator.userAgent);
        const credentials = await registerByToken({ ...wish, device });
        if (wish.name.trim() !== '') {
            // The account stands; a name that did not get through can be set later.
            await setDisplayName(credentials, wish.name).catch(() => undefined);
        }
        await this.#begin(credentials, wish.password);
    }

    tokenIsGood(token: string): Promise<boolean> {
        return tokenIsGood(token);
    }

    resetPassword(token: string, password: string): Promise<string> {
        return resetPassword(token, password);
    }

    takeOver(): void {
        void this.#takeOver();
    }

    async signOut(everywhere = false): Promise<void> {
        const account = await keptAccount();
        await this.#stop();
        if (account) {
            // Without a line the server keeps the session until it ends by itself; the data go now.
            await logOut(account.accessToken, everywhere).catch(() => undefined);
        }
        await this.#forget();
        this.publish({ at: 'signed-out' });
    }

    async unlock(pin: string): Promise<void> {
        await this.#unlock(await openLock(pin));
    }

    async unlockByPasskey(): Promise<void> {
        await this.#unlock(await openByPasskey());
    }

    async #unlock(storeKey: string | undefined): Promise<void> {
        if (storeKey === undefined) {
            throw new Troubled({ kind: 'wrong-password' });
        }
        this.#storeKey = storeKey;
        await this.#open();
    }

    async lock(): Promise<void> {
        if (await this.isLockable()) {
            this.publish({ at: 'locked' });
            await this.#stop();
            this.#storeKey = undefined;
        }
    }

    async isLockable(): Promise<boolean> {
        return (await keptAccount())?.storeKey === '';
    }

    async setPin(pin: string | undefined): Promise<void> {
        const account = await keptAccount();
        const storeKey = this.#storeKey ?? account?.storeKey;
        if (!account || !storeKey) {
            throw new Troubled({ kind: 'gone' });
        }
        if (pin === undefined) {
            await takePasskeyAway();
            await takeLockAway();
        } else {
            await setLock(pin, storeKey);
        }
        this.#storeKey = pin === undefined ? undefined : storeKey;
        await keepAccount({ ...account, storeKey });
    }

    async passkey(): Promise<'none' | 'set' | 'unknown'> {
        return !knowsPasskeys() ? 'unknown' : (await hasPasskey()) ? 'set' : 'none';
    }

    async setPasskey(wanted: boolean): Promise<void> {
        if (!wanted) {
            await takePasskeyAway();
            return;
        }
        const account = await keptAccount();
        const isSet =
            account && this.#storeKey && (await setPasskey(account.userId, this.#storeKey));
        if (!isSet) {
            throw new Troubled({ kind: 'gone' });
        }
    }

    async #takeOver(): Promise<void> {
        this.publish({ at: 'starting' });
        await this.#tabs.takeOver();
        await this.start();
    }

    async #handOver(): Promise<void> {
        await this.#stop();
        this.publish({ at: 'elsewhere' });
    }

    async #begin(credentials: Credentials, password: string): Promise<void> {
        this.#password = password;
        if (!this.#tabs.held && !(await this.#tabs.take())) {
            await this.#tabs.takeOver();
        }
        await this.#forget(); // Whoever was here before: nothing of theirs is left.
        await keepAccount({ ...credentials, storeKey: randomKey() });
        await this.#open();
    }

    async #open(): Promise<void> {
        const kept = await keptAccount();
        if (!kept) {
            this.publish({ at: 'signed-out' });
            return;
        }
        const account = { ...kept, storeKey: kept.storeKey || (this.#storeKey ?? '') };
        if (account.storeKey === '') {
            this.publish({ at: 'locked' });
            return;
        }
        this.publish({ at: 'opening', step: 'programme' });
        const password = this.#password;
        this.#password = undefined;
        let over = false;
        try {
            const { open } = await import('./engine/open.ts');
            this.#opening = open({
                account,
                password,
                onStep: (step) => {
                    if (!over) {
                        this.publish({ at: 'opening', step });
                    }
                },
                onEnded: (softly) => {
                    if (!over) {
                        over = true;
                        void this.#ended(softly ? account.userId : undefined);
                    }
                },
                onLocked: () => void this.#lockedOut(),
            });
            const engine = await this.#opening.finally(() => {
                this.#opening = undefined;
            });
            if (!over) {
                this.#engine = engine;
                this.publish({ at: 'open', home: engine.home });
            }
        } catch (fault) {
            if (!over) {
                this.publish({ at: 'failed', trouble: troubleOf(fault) });
            }
        }
    }

    /**
     * The server takes the tokens no more. Where it keeps the device, and somebody's password is
     * enough to go on, nothing here is lost.
     */
    async #ended(userId: string | undefined): Promise<void> {
        const late = this.#opening?.then((engine) => engine.stop()).catch(() => undefined);
        this.#ending = Promise.all([late, this.#stop()]).then(() => undefined);
        if (userId !== undefined) {
            this.publish({ at: 'asked-again', userId });
            return;
        }
        await this.#ending;
        await this.#forget();
        this.publish({ at: 'signed-out', hasEnded: true });
    }

    /** The account is locked: its data stay for the day on which it is not. */
    async #lockedOut(): Promise<void> {
        if (this.#engine) {
            this.publish({ at: 'failed', trouble: { kind: 'locked' } });
            await this.#stop();
        }
    }

    async #stop(): Promise<void> {
        const engine = this.#engine;
        this.#engine = undefined;
        await engine?.stop();
    }

    async #forget(): Promise<void> {
        this.#storeKey = undefined;
        await forgetAccount();
        for (const name of await notedDatabases()) {
            await deleteDatabase(name);
        }
        await wipe();
    }
}

export type { Opening };
