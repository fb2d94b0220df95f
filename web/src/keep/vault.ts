/**
 * Seals what lies on this device: AES-GCM with a key that lives in IndexedDB and that no script can
 * take out. Whoever copies the files of the profile gets bytes; whoever runs in the page could use
 * the key, which no browser can prevent.
 */
import { read, write, writeOnce } from './db.ts';

const KEY = 'vault-key';
const IV_BYTES = 12;

export interface Sealed {
    readonly iv: Uint8Array<ArrayBuffer>;
    readonly bytes: ArrayBuffer;
}

async function key(): Promise<CryptoKey> {
    const kept = await read<CryptoKey>(KEY);
    if (kept) {
        return kept;
    }
    const made = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
        'encrypt',
        'decrypt',
    ]);
    return writeOnce(KEY, made); // Two tabs may make one at a time; the first counts.
}

/** Binds the sealed bytes to their place, so that one cannot be put where another belongs. */
function place(name: string): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(name);
}

export async function seal(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Sealed> {
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const algorithm = { name: 'AES-GCM', iv, additionalData: place(name) };
    return { iv, bytes: await crypto.subtle.encrypt(algorithm, await key(), bytes) };
}

export async function unseal(name: string, sealed: Sealed): Promise<Uint8Array<ArrayBuffer>> {
    const algorithm = { name: 'AES-GCM', iv: sealed.iv, additionalData: place(name) };
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, await key(), sealed.bytes));
}

/** Keeps a value sealed under a name. */
export async function put(name: string, value: unknown): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(value));
    await write(name, await seal(name, bytes));
}

/** What was kept under a name; undefined when nothing was, or when the key is gone. */
export async function take<T>(name: string): Promise<T | undefined> {
    const sealed = await read<Sealed>(name);
    if (!sealed) {
        return undefined;
    }
    try {
        return JSON.parse(new TextDecoder().decode(await unseal(name, sealed))) as T;
    } catch (fault) {
        if (fault instanceof DOMException) {
            return undefined; // Sealed with a key that is no longer here: as good as nothing.
        }
        throw fault;
    }
}
