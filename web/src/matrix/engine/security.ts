import { type MatrixClient, Method } from 'matrix-js-sdk';
import {
    type CryptoApi,
    CryptoEvent,
    decodeRecoveryKey,
    type GeneratedSecretStorageKey,
    OnlySignedDevicesIsolationMode,
    type VerificationRequest,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import { remove } from '../../keep/db.ts';
import { put, take } from '../../keep/vault.ts';
import type { Security, SecuritySnapshot } from '../home.ts';
import { Observable } from '../observable.ts';
import { Troubled, troubleOf } from '../trouble.ts';
import type { Started } from './client.ts';
import { OneComparison } from './comparison.ts';
import { byPassword } from './passwordProof.ts';

/** The code of the first sign-in, sealed, until the reader says that it is kept. */
const OFFERED = 'recovery-offer';
const GROUP = 4;

/** Keys, backup and confirmation, set up and mended without a question where that is possible. */
export class Keys extends Observable<SecuritySnapshot> implements Security {
    readonly #client: MatrixClient;
    readonly #crypto: CryptoApi;
    readonly #started: Started;
    readonly #userId: string;
    readonly #deviceId: string;
    #comparison: OneComparison | undefined;
    #judging: Promise<void> = Promise.resolve();
    #stopped = false;

    constructor(started: Started) {
        super({ state: 'preparing', canAskDevices: false });
        const crypto = started.client.getCrypto();
        if (!crypto) {
            throw new Error('encryption is not open');
        }
        this.#started = started;
        this.#client = started.client;
        this.#crypto = crypto;
        this.#userId = started.account.userId;
        this.#deviceId = started.account.deviceId;
        // A device that nobody confirmed gets no keys (MSC4153).
        crypto.setDeviceIsolationMode(new OnlySignedDevicesIsolationMode());
        this.#client.on(CryptoEvent.VerificationRequestReceived, this.#invited);
        this.#client.on(CryptoEvent.KeysChanged, this.#look);
        this.#client.on(CryptoEvent.UserTrustStatusChanged, this.#look);
        this.#client.on(CryptoEvent.DevicesUpdated, this.#look);
        this.#client.on(CryptoEvent.KeyBackupDecryptionKeyCached, this.#restore);
    }

    /** Sets up what is missing. With the password of the sign-in nothing has to be asked. */
    async prepare(password: string | undefined): Promise<void> {
        try {
            const known = await this.#crypto.userHasCrossSigningKeys(this.#userId, true);
            if (!known) {
                await this.#setUp(password);
            } else if (await this.#isHalfSetUp()) {
                await this.#store();
            }
            await this.#offer();
            await this.#judge();
        } catch (fault) {
            this.#change({ state: 'failed', trouble: troubleOf(fault) });
        }
    }

    keptCode(): void {
        void remove(OFFERED);
        this.#change({ code: undefined });
    }

    laterCode(): void {
        this.#change({ code: undefined });
    }

    async renewCode(): Promise<void> {
        await this.#store();
        await this.#offer();
    }

    async confirmByCode(code: string): Promise<void> {
        const key = decoded(code);
        const secrets = this.#client.secretStorage;
        const stored = await secrets.getKey();
        if (!stored || !(await secrets.checkKey(key, stored[1]))) {
            throw new Troubled({ kind: 'wrong-password' });
        }
        await this.#started.secretKeys.withKey(key, async () => {
            await this.#crypto.bootstrapCrossSigning({});
            await this.#crypto.loadSessionBackupPrivateKeyFromSecretStorage();
        });
        await this.#judge();
    }

    async askOtherDevices(): Promise<void> {
        this.#follow(await this.#crypto.requestOwnUserVerification());
    }

    async beginAnew(password: string): Promise<void> {
        await this.#crypto.resetEncryption(byPassword(this.#userId, password));
        await this.#store();
        await this.#offer();
        await this.#judge();
    }

    async accept(): Promise<void> {
        await this.#comparison?.accept();
    }

    async theyMatch(): Promise<void> {
        await this.#comparison?.match();
    }

    theyDiffer(): void {
        this.#comparison?.differ();
    }

    async cancel(): Promise<void> {
        await this.#comparison?.cancel();
        this.#comparison = undefined;
        this.#change({ comparison: undefined });
    }

    stop(): void {
        this.#stopped = true;
        this.#comparison?.stop();
        this.#client.off(CryptoEvent.VerificationRequestReceived, this.#invited);
        this.#client.off(CryptoEvent.KeysChanged, this.#look);
        this.#client.off(CryptoEvent.UserTrustStatusChanged, this.#look);
        this.#client.off(CryptoEvent.DevicesUpdated, this.#look);
        this.#client.off(CryptoEvent.KeyBackupDecryptionKeyCached, this.#restore);
    }

    /** The first device of a person: keys, their safe, the backup. */
    async #setUp(password: string | undefined): Promise<void> {
        await this.#crypto.bootstrapCrossSigning({
            authUploadDeviceSigningKeys: byPassword(this.#userId, password),
        });
        await this.#store();
    }

    /** A first start that broke off after the keys were made here and before they were safe. */
    async #isHalfSetUp(): Promise<boolean> {
        const { privateKeysCachedLocally: here } = await this.#crypto.getCrossSigningStatus();
        const all = here.masterKey && here.selfSigningKey && here.userSigningKey;
        return all && !(await this.#crypto.isSecretStorageReady()) && !(await this.#hasSafe());
    }

    /** Asked of the server: what is kept here may be older than the safe, and its code still good. */
    async #hasSafe(): Promise<boolean> {
        const user = encodeURIComponent(this.#userId);
        const path = `/user/${user}/account_data/m.secret_storage.default_key`;
        try {
            await this.#client.http.authedRequest(Method.Get, path);
            return true;
        } catch (fault) {
            if (troubleOf(fault).kind === 'gone') {
                return false;
            }
            throw fault;
        }
    }

    /** Puts the keys into the safe under a new code, and keeps the code until it is offered. */
    async #store(): Promise<void> {
        let made: GeneratedSecretStorageKey | undefined;
        const backup = await this.#crypto.getActiveSessionBackupVersion();
        await this.#crypto.bootstrapSecretStorage({
            setupNewSecretStorage: true,
            setupNewKeyBackup: backup === null,
            createSecretStorageKey: async () => {
                made = await this.#crypto.createRecoveryKeyFromPassphrase();
                await put(OFFERED, made.encodedPrivateKey);
                return made;
            },
        });
        this.#started.secretKeys.forget();
    }

    async #offer(): Promise<void> {
        const code = await take<string>(OFFERED);
        if (code) {
            this.#change({ code: inGroups(code) });
        }
    }

    readonly #look = () => {
        void this.#judge();
    };

    /** One at a time, so that an old answer never comes after a newer one. */
    #judge(): Promise<void> {
        this.#judging = this.#judging.then(() => this.#judgeOnce()).catch(() => undefined);
        return this.#judging;
    }

    async #judgeOnce(): Promise<void> {
        if (this.#stopped || this.snapshot().state === 'failed') {
            return;
        }
        const status = await this.#crypto.getDeviceVerificationStatus(this.#userId, this.#deviceId);
        const confirmed = status?.crossSigningVerified === true;
        if (this.snapshot().state === 'preparing' && !confirmed) {
            const known = await this.#crypto.userHasCrossSigningKeys(this.#userId);
            if (!known) {
                return; // They are being made.
            }
        }
        this.#change({
            state: confirmed ? 'ready' : 'unconfirmed',
            canAskDevices: !confirmed && (await this.#hasOtherConfirmed()),
        });
    }

    async #hasOtherConfirmed(): Promise<boolean> {
        const all = await this.#crypto.getUserDeviceInfo([this.#userId]);
        for (const id of all.get(this.#userId)?.keys() ?? []) {
            if (id !== this.#deviceId) {
                const status = await this.#crypto.getDeviceVerificationStatus(this.#userId, id);
                if (status?.signedByOwner) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The key of the backup came, from another device or from the safe: fetch what it holds. */
    readonly #restore = () => {
        this.#crypto
            .restoreKeyBackup({
                progressCallback: (progress) => {
                    if ('total' in progress) {
                        const { successes, failures, total } = progress;
                        this.#change({ restoring: { done: successes + failures, total } });
                    }
                },
            })
            .catch(() => undefined) // Single messages still fetch their key when they are shown.
            .finally(() => this.#change({ restoring: undefined }));
    };

    readonly #invited = (request: VerificationRequest) => {
        if (request.isSelfVerification && (!this.#comparison || this.#comparison.isOver)) {
            this.#follow(request);
        }
    };

    #follow(request: VerificationRequest): void {
        this.#comparison?.stop();
        const comparison = new OneComparison(request, (id) => this.#deviceName(id));
        this.#comparison = comparison;
        comparison.subscribe(() => {
            if (this.#comparison === comparison) {
                this.#change({ comparison: comparison.snapshot() });
                this.#look();
            }
        });
        this.#change({ comparison: comparison.snapshot() });
    }

    async #deviceName(id: string): Promise<string> {
        const all = await this.#crypto.getUserDeviceInfo([this.#userId]);
        return all.get(this.#userId)?.get(id)?.displayName ?? id;
    }

    #change(part: Partial<SecuritySnapshot>): void {
        if (!this.#stopped) {
            this.publish({ ...this.snapshot(), ...part });
        }
    }
}

function decoded(code: string): Uint8Array<ArrayBuffer> {
    try {
        return decodeRecoveryKey(code);
    } catch {
        throw new Troubled({ kind: 'wrong-password' });
    }
}

function inGroups(code: string): readonly string[] {
    const plain = code.replace(/\s/g, '');
    return plain.match(new RegExp(`.{1,${GROUP}}`, 'g')) ?? [];
}
