import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api/index.js';

type SecretKey = Uint8Array<ArrayBuffer>;

/**
 * The key of the secret storage, while it is known: just made, or just worked out from a code that
 * was typed. The SDK asks for it by these callbacks; it is kept nowhere.
 */
export class SecretKeys {
    #keys = new Map<string, SecretKey>();
    #offered: SecretKey | undefined;

    readonly callbacks: CryptoCallbacks = {
        getSecretStorageKey: async ({ keys }) => {
            for (const [id, key] of this.#keys) {
                if (id in keys) {
                    return [id, key];
                }
            }
            const [id] = Object.keys(keys);
            return id && this.#offered ? [id, this.#offered] : null;
        },
        cacheSecretStorageKey: (id, _about, key) => {
            this.#keys.set(id, key);
        },
    };

    /** Runs with a key that was typed; it is forgotten afterwards. */
    async withKey<T>(key: SecretKey, act: () => Promise<T>): Promise<T> {
        this.#offered = key;
        try {
            return await act();
        } finally {
            this.#offered = undefined;
            this.forget();
        }
    }

    forget(): void {
        this.#keys = new Map();
    }
}
