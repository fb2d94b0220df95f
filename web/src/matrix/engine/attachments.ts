/** Encrypted attachments (client-server API, "Sending encrypted attachments"): AES-CTR, SHA-256. */
import { isRecord } from '../http.ts';
import { Troubled } from '../trouble.ts';

const COUNTER_BITS = 64;
const BLOCK = 16;

function toBase64(bytes: Uint8Array): string {
    let text = '';
    for (const byte of bytes) {
        text += String.fromCharCode(byte);
    }
    return btoa(text).replace(/=+$/, '');
}

function fromBase64(text: string): Uint8Array<ArrayBuffer> {
    const plain = text.replace(/-/g, '+').replace(/_/g, '/');
    return Uint8Array.from(atob(plain), (char) => char.charCodeAt(0));
}

export interface Encrypted {
    readonly bytes: ArrayBuffer;
    /** The spec's EncryptedFile but for its `url`. */
    readonly file: Record<string, unknown>;
}

export async function encrypt(plain: ArrayBuffer): Promise<Encrypted> {
    const key = await crypto.subtle.generateKey({ name: 'AES-CTR', length: 256 }, true, [
        'encrypt',
        'decrypt',
    ]);
    // The upper half is chance, the lower counts from 0, so that it never overflows.
    const iv = new Uint8Array(BLOCK);
    crypto.getRandomValues(iv.subarray(0, BLOCK / 2));
    const algorithm = { name: 'AES-CTR', counter: iv, length: COUNTER_BITS };
    const bytes = await crypto.subtle.encrypt(algorithm, key, plain);
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    return {
        bytes,
        file: {
            v: 'v2',
            key: await crypto.subtle.exportKey('jwk', key),
            iv: toBase64(iv),
            hashes: { sha256: toBase64(hash) },
        },
    };
}

/** Opens a file; throws `unsafe` when its bytes are not those that the message speaks of. */
export async function decrypt(bytes: ArrayBuffer, file: unknown): Promise<ArrayBuffer> {
    if (!isRecord(file) || !isRecord(file.key) || !isRecord(file.hashes) || file.v !== 'v2') {
        throw new Troubled({ kind: 'unsafe' });
    }
    const { key, iv, hashes } = file;
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
    const stated = hashes.sha256;
    if (typeof stated !== 'string' || stated.replace(/=+$/, '') !== toBase64(hash)) {
        throw new Troubled({ kind: 'unsafe' });
    }
    try {
        const opened = await crypto.subtle.importKey('jwk', key, { name: 'AES-CTR' }, false, [
            'decrypt',
        ]);
        const counter = fromBase64(String(iv));
        return await crypto.subtle.decrypt(
            { name: 'AES-CTR', counter, length: COUNTER_BITS },
            opened,
            bytes,
        );
    } catch {
        throw new Troubled({ kind: 'unsafe' });
    }
}
