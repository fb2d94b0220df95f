/**
 * A passkey beside the number of the lock. The key of the crypto store is wrapped under a secret that
 * only the authenticator works out (WebAuthn, extension `prf`), and only after it has asked its owner
 * for a finger, a face or its own code; nothing on the disk leads to it.
 */
import { read, remove } from './db.ts';
import { put, take } from './vault.ts';

const PASSKEY = 'lock-passkey';
const ABOUT = 'chancery lock';
const IV_BYTES = 12;
const RANDOM_BYTES = 32;
/** ES256 and RS256, by their numbers at IANA: all authenticators know one of them. */
const ALGORITHMS = [-7, -257];

interface Passkey {
    readonly id: string;
    readonly salt: string;
    readonly iv: string;
    readonly wrapped: string;
}

type Bytes = Uint8Array<ArrayBuffer>;

function toText(bytes: Bytes): string {
    return btoa(String.fromCharCode(...bytes));
}

function toBytes(text: string): Bytes {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

function random(length = RANDOM_BYTES): Bytes {
    return crypto.getRandomValues(new Uint8Array(length));
}

function secretOf(credential: Credential | null): Bytes | undefined {
    if (!(credential instanceof PublicKeyCredential)) {
        return undefined;
    }
    const first = credential.getClientExtensionResults().prf?.results?.first;
    return first === undefined ? undefined : new Uint8Array(first as ArrayBuffer);
}

async function keyOf(secret: Bytes): Promise<CryptoKey> {
    const base = await crypto.subtle.importKey('raw', secret, 'HKDF', false, ['deriveKey']);
    const info = new TextEncoder().encode(ABOUT);
    return crypto.subtle.deriveKey(
        { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info },
        base,
        { name: 'AES-GCM', length: 256 },
        false,
        ['encrypt', 'decrypt'],
    );
}

export async function wrapUnder(secret: Bytes, storeKey: string) {
    const iv = random(IV_BYTES);
    const plain = new TextEncoder().encode(storeKey);
    const wrapped = await crypto.subtle.encrypt(
        { name: 'AES-GCM', iv },
        await keyOf(secret),
        plain,
    );
    return { iv: toText(iv), wrapped: toText(new Uint8Array(wrapped)) };
}

/** The key of the store; undefined for another secret. */
export async function unwrapUnder(
    secret: Bytes,
    { iv, wrapped }: Pick<Passkey, 'iv' | 'wrapped'>,
): Promise<string | undefined> {
    const key = await keyOf(secret);
    try {
        const algorithm = { name: 'AES-GCM', iv: toBytes(iv) };
        return new TextDecoder().decode(
            await crypto.subtle.decrypt(algorithm, key, toBytes(wrapped)),
        );
    } catch {
        return undefined;
    }
}

/** Asks the authenticator; undefined when its owner did not agree, or it has no such secret. */
async function secretFrom(id: Bytes, salt: Bytes): Promise<Bytes | undefined> {
    const credential = await agreed(
        navigator.credentials.get({
            publicKey: {
                challenge: random(),
                allowCredentials: [{ type: 'public-key', id }],
                userVerification: 'required',
                extensions: { prf: { eval: { first: salt } } },
            },
        }),
    );
    return secretOf(credential);
}

/** Null when the owner did not agree, or waited too long: browsers do not tell the two apart. */
async function agreed(asked: Promise<Credential | null>): Promise<Credential | null> {
    try {
        return await asked;
    } catch (fault) {
        if (fault instanceof DOMException) {
            return null;
        }
        throw fault;
    }
}

/** Whether this browser knows passkeys at all; whether the device's can wrap, making one tells. */
export function knowsPasskeys(): boolean {
    return 'PublicKeyCredential' in globalThis && 'credentials' in navigator;
}

export async function hasPasskey(): Promise<boolean> {
    return (await read(PASSKEY)) !== undefined;
}

/** Makes one and wraps the key under it; false when none came, or one that cannot wrap. */
export async function setPasskey(userId: string, storeKey: string): Promise<boolean> {
    const salt = random();
    const made = await agreed(
        navigator.credentials.create({
            publicKey: {
                rp: { name: 'Chancery' },
                user: { id: random(), name: userId, displayName: userId },
                challenge: random(),
                pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
                authenticatorSelection: { userVerification: 'required' },
                extensions: { prf: { eval: { first: salt } } },
            },
        }),
    );
    if (!(made instanceof PublicKeyCredential)) {
        return false;
    }
    const id = new Uint8Array(made.rawId);
    // Many work the secret out only when they are asked the next time.
    const secret = secretOf(made) ?? (await secretFrom(id, salt));
    if (!secret) {
        return false;
    }
    const wrapped = await wrapUnder(secret, storeKey);
    await put(PASSKEY, { id: toText(id), salt: toText(salt), ...wrapped });
    return true;
}

export async function openByPasskey(): Promise<string | undefined> {
    const kept = await take<Passkey>(PASSKEY);
    const secret = kept && (await secretFrom(toBytes(kept.id), toBytes(kept.salt)));
    return kept && secret ? unwrapUnder(secret, kept) : undefined;
}

export async function takePasskeyAway(): Promise<void> {
    await remove(PASSKEY);
}
