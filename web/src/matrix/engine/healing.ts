import { type MatrixClient, type MatrixEvent, MatrixEventEvent } from 'matrix-js-sdk';
import {
    CryptoEvent,
    DecryptionFailureCode,
    type UserVerificationStatus,
} from 'matrix-js-sdk/lib/crypto-api/index.js';

const LOOK_BACK_EVENTS = 300;
/** When a sender whose device is not signed yet is looked at again; then only news counts. */
const LOOK_AGAIN_MS = [500, 2_000, 8_000, 30_000];

const OF_SENDER: readonly (DecryptionFailureCode | null)[] = [
    DecryptionFailureCode.UNSIGNED_SENDER_DEVICE,
    DecryptionFailureCode.UNKNOWN_SENDER_DEVICE,
];

/** Whether a message stays closed because its sender's device is not signed, as far as known here. */
export function isOfUnsignedDevice(event: MatrixEvent): boolean {
    return OF_SENDER.includes(event.decryptionFailureReason);
}

/**
 * Opens messages that came before the signature of their sender's device. The SDK tries again by
 * itself when a key comes, but not when a device turns out to be signed.
 */
export class Healing {
    readonly #client: MatrixClient;
    readonly #waiting = new Map<string, ReturnType<typeof setTimeout>>();

    constructor(client: MatrixClient) {
        this.#client = client;
        client.on(MatrixEventEvent.Decrypted, this.#decrypted);
        client.on(CryptoEvent.DevicesUpdated, this.#devices);
        client.on(CryptoEvent.UserTrustStatusChanged, this.#trust);
    }

    stop(): void {
        this.#client.off(MatrixEventEvent.Decrypted, this.#decrypted);
        this.#client.off(CryptoEvent.DevicesUpdated, this.#devices);
        this.#client.off(CryptoEvent.UserTrustStatusChanged, this.#trust);
        for (const timer of this.#waiting.values()) {
            clearTimeout(timer);
        }
        this.#waiting.clear();
    }

    readonly #decrypted = (event: MatrixEvent) => {
        const sender = event.getSender();
        if (sender && isOfUnsignedDevice(event) && !this.#waiting.has(sender)) {
            this.#later(sender, 0);
        }
    };

    readonly #devices = (users: string[]) => {
        users.forEach((user) => void this.#retry(user));
    };

    readonly #trust = (user: string, _status: UserVerificationStatus) => {
        void this.#retry(user);
    };

    #later(sender: string, attempt: number): void {
        const wait = LOOK_AGAIN_MS[attempt];
        if (wait === undefined) {
            this.#waiting.delete(sender);
            return;
        }
        const timer = setTimeout(() => void this.#look(sender, attempt), wait);
        this.#waiting.set(sender, timer);
    }

    async #look(sender: string, attempt: number): Promise<void> {
        const crypto = this.#client.getCrypto();
        // Without a line it comes by itself later, with the list of changed devices.
        await crypto?.getUserDeviceInfo([sender], true).catch(() => undefined);
        if (!this.#waiting.has(sender)) {
            return;
        }
        if (await this.#retry(sender)) {
            this.#waiting.delete(sender);
        } else {
            this.#later(sender, attempt + 1);
        }
    }

    /** True when nothing of the sender is closed any more. */
    async #retry(sender: string): Promise<boolean> {
        const crypto = this.#client.getCrypto();
        const closed = this.#client
            .getRooms()
            .flatMap((room) => room.getLiveTimeline().getEvents().slice(-LOOK_BACK_EVENTS))
            .filter((event) => event.getSender() === sender && isOfUnsignedDevice(event));
        for (const event of closed) {
            await event.attemptDecryption(crypto as never, { isRetry: true });
        }
        return closed.every((event) => !isOfUnsignedDevice(event));
    }
}
