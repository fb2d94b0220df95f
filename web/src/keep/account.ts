/** The session that is kept on this device: tokens and the key of the crypto store, sealed. */
import { read, remove, write } from './db.ts';
import { hasLock } from './lock.ts';
import { put, take } from './vault.ts';

export interface Account {
    readonly userId: string;
    readonly deviceId: string;
    readonly accessToken: string;
    readonly refreshToken?: string | undefined;
    /** When the access token ends, in ms since 1970. */
    readonly expiresAt?: number | undefined;
    /**
     * The 32 bytes under which the crypto store is sealed, base64. On disk it is empty while the
     * device has a lock: then only the lock's number gives it back.
     */
    readonly storeKey: string;
}

const ACCOUNT = 'account';
/** The prefix of the databases that belong to the signed-in person. */
const DATABASES = 'databases';

export function keptAccount(): Promise<Account | undefined> {
    return take<Account>(ACCOUNT);
}

export async function keepAccount(account: Account): Promise<void> {
    const isLocked = await hasLock();
    await put(ACCOUNT, isLocked ? { ...account, storeKey: '' } : account);
}

export async function forgetAccount(): Promise<void> {
    await remove(ACCOUNT);
}

/** Notes a database before it is made, so that signing out finds it even without a listing. */
export async function noteDatabase(name: string): Promise<void> {
    const noted = (await read<string[]>(DATABASES)) ?? [];
    if (!noted.includes(name)) {
        await write(DATABASES, [...noted, name]);
    }
}

export async function notedDatabases(): Promise<string[]> {
    return (await read<string[]>(DATABASES)) ?? [];
}
