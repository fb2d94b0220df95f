import { type MatrixClient, type MatrixEvent, MatrixEventEvent } from 'matrix-js-sdk';
import { CryptoEvent, DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';

/**
 * When the backup is asked again for a key. A device puts a new key there up to ten seconds after
 * it was made, later on a slow line; the SDK asks once and refuses to repeat within five seconds.
 */
const ASK_AGAIN_MS = [6_000, 10_000, 20_000, 60_000, 300_000, 1_800_000];
const SESSIONS_MAX = 200;

const OF_KEY: readonly (DecryptionFailureCode | null)[] = [
    DecryptionFailureCode.MEGOLM_UNKNOWN_INBOUND_SESSION_ID,
    DecryptionFailureCode.OLM_UNKNOWN_MESSAGE_INDEX,
    DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP,
    DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED,
    DecryptionFailureCode.HISTORICAL_MESSAGE_WORKING_BACKUP,
];

interface Wanted {
    /** One message is enough: with its key the SDK opens all others of the session. */
    readonly event: MatrixEvent;
    asked: number;
    timer: ReturnType<typeof setTimeout> | undefined;
}

/** Asks again for keys that were not in the backup yet when their message came. */
export class MissingKeys {
    readonly #client: MatrixClient;
    readonly #wanted = new Map<string, Wanted>();

    constructor(client: MatrixClient) {
        this.#client = client;
        client.on(MatrixEventEvent.Decrypted, this.#decrypted);
        client.on(CryptoEvent.KeyBackupDecryptionKeyCached, this.#openable);
    }

    stop(): void {
        this.#client.off(MatrixEventEvent.Decrypted, this.#decrypted);
        this.#client.off(CryptoEvent.KeyBackupDecryptionKeyCached, this.#openable);
        for (const { timer } of this.#wanted.values()) {
            clearTimeout(timer);
        }
        this.#wanted.clear();
    }

    readonly #decrypted = (event: MatrixEvent) => {
        const session = event.getWireContent().session_id;
        if (typeof session !== 'string') {
            return;
        }
        if (!OF_KEY.includes(event.decryptionFailureReason)) {
            this.#found(session, event);
        } else if (!this.#wanted.has(session)) {
            this.#makeRoom();
            const wanted: Wanted = { event, asked: 0, timer: undefined };
            this.#wanted.set(session, wanted);
            this.#later(wanted);
        }
    };

    #found(session: string, event: MatrixEvent): void {
        const wanted = this.#wanted.get(session);
        // An older message of the session may stay closed while a newer one opens.
        if (wanted?.event.getId() === event.getId()) {
            clearTimeout(wanted?.timer);
            this.#wanted.delete(session);
        }
    }

    /** The backup can be read from now on: what was asked for in vain may well be there. */
    readonly #openable = () => {
        for (const wanted of this.#wanted.values()) {
            clearTimeout(wanted.timer);
            wanted.asked = 0;
            this.#later(wanted);
        }
    };

    #makeRoom(): void {
        const [oldest] = this.#wanted;
        if (oldest && this.#wanted.size >= SESSIONS_MAX) {
            clearTimeout(oldest[1].timer);
            this.#wanted.delete(oldest[0]);
        }
    }

    #later(wanted: Wanted): void {
        const wait = ASK_AGAIN_MS[wanted.asked++];
        wanted.timer =
            wait === undefined ? undefined : setTimeout(() => void this.#ask(wanted), wait);
    }

    /** That the message still cannot be read makes the SDK look into the backup. */
    async #ask(wanted: Wanted): Promise<void> {
        this.#later(wanted);
        const crypto = this.#client.getCrypto();
        await wanted.event.attemptDecryption(crypto as never, { isRetry: true });
    }
}
