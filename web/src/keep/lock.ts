/**
 * The lock of this device: a number that only the reader knows. The key of the crypto store is then
 * kept wrapped under it, and what is kept of the account no longer holds it. Five digits keep off who
 * picks the device up; they do not keep off who copies its disk and has time.
 */
import { read, remove } from './db.ts';
import { put, take } from './vault.ts';

const LOCK = 'lock';
const ROUNDS = 600_000;
const IV_BYTES = 12;
const SALT_BYTES = 16;

export const PIN_MIN = 5;

interface Lock {
    readonly salt: string;
    readonly iv: string;
    readonly wrapped: string;
    readonly rounds: number;
}

function toText(bytes: Uint8Array): string {
    return btoa(String.fromCharCode(...bytes));
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

async function keyOf(pin: string, salt: Uint8Array<ArrayBuffer>, rounds: number) {
    const bytes = new TextEncoder().encode(pin.normalize('NFKC'));
    const base = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
    return crypto.subtle.deriveKey(
        { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds },
        base,
        { name: 'AES-GCM', length: 256 },
        false,
        ['encrypt', 'decrypt'],
    );
}

export async function wrap(pin: string, storeKey: string, rounds = ROUNDS): Promise<Lock> {
    const salt = crypto.getRandomValues(new Uint8Array(SALT_BYTES));
    const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
    const key = await keyOf(pin, salt, rounds);
    const plain = new TextEncoder().encode(storeKey);
    const wrapped = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, plain);
    return {
        salt: toText(salt),
        iv: toText(iv),
        wrapped: toText(new Uint8Array(wrapped)),
        rounds,
    };
}

/** The key of the store; undefined for a wrong number. */
export async function unwrap(pin: string, lock: Lock): Promise<string | undefined> {
    const key = await keyOf(pin, toBytes(lock.salt), lock.rounds);
    try {
        const algorithm = { name: 'AES-GCM', iv: toBytes(lock.iv) };
        const plain = await crypto.subtle.decrypt(algorithm, key, toBytes(lock.wrapped));
        return new TextDecoder().decode(plain);
    } catch {
        return undefined;
    }
}

export async function hasLock(): Promise<boolean> {
    return (await read(LOCK)) !== undefined;
}

export async function setLock(pin: string, storeKey: string): Promise<void> {
    await put(LOCK, await wrap(pin, storeKey));
}

export async function openLock(pin: string): Promise<string | undefined> {
    const lock = await take<Lock>(LOCK);
    return lock ? unwrap(pin, lock) : undefined;
}

export async function takeLockAway(): Promise<void> {
    await remove(LOCK);
}
