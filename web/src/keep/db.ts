/**
 * One small key-value store in IndexedDB, shared by the page and the service worker. It holds keys
 * and sealed bytes; what must not be read from a disk goes through {@link ./vault.ts}.
 */
const NAME = 'chancery';
const STORE = 'kept';
const VERSION = 1;

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
    opened ??= new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(NAME, VERSION);
        request.onupgradeneeded = () => request.result.createObjectStore(STORE);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
            const db = request.result;
            const forget = () => {
                opened = undefined;
            };
            // Another tab wipes or upgrades: let go, so that it does not wait for us.
            db.onversionchange = () => {
                db.close();
                forget();
            };
            db.onclose = forget;
            resolve(db);
        };
    }).catch((fault: unknown) => {
        opened = undefined;
        throw fault;
    });
    return opened;
}

function done<T>(transaction: IDBTransaction, answer: () => T): Promise<T> {
    return new Promise((resolve, reject) => {
        transaction.oncomplete = () => resolve(answer());
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
    });
}

export async function read<T>(key: string): Promise<T | undefined> {
    const transaction = (await open()).transaction(STORE, 'readonly');
    const request = transaction.objectStore(STORE).get(key);
    return done(transaction, () => request.result as T | undefined);
}

export async function write(key: string, value: unknown): Promise<void> {
    const transaction = (await open()).transaction(STORE, 'readwrite', { durability: 'strict' });
    transaction.objectStore(STORE).put(value, key);
    await done(transaction, () => undefined);
}

/** Writes only where nothing stands; answers with what stands there then. */
export async function writeOnce<T>(key: string, value: T): Promise<T> {
    const transaction = (await open()).transaction(STORE, 'readwrite', { durability: 'strict' });
    const store = transaction.objectStore(STORE);
    const request = store.get(key);
    let kept = value;
    request.onsuccess = () => {
        if (request.result === undefined) {
            store.put(value, key);
        } else {
            kept = request.result as T;
        }
    };
    return done(transaction, () => kept);
}

export async function remove(key: string): Promise<void> {
    const transaction = (await open()).transaction(STORE, 'readwrite');
    transaction.objectStore(STORE).delete(key);
    await done(transaction, () => undefined);
}

/** Every key that begins so; the names of what is kept, not the values. */
export async function keys(prefix: string): Promise<string[]> {
    const transaction = (await open()).transaction(STORE, 'readonly');
    const range = IDBKeyRange.bound(prefix, `${prefix}\uffff`);
    const request = transaction.objectStore(STORE).getAllKeys(range);
    return done(transaction, () => request.result.map(String));
}

/** Deletes the whole database; the next call makes a new one. */
export async function wipe(): Promise<void> {
    const db = await opened?.catch(() => undefined);
    db?.close();
    opened = undefined;
    await deleteDatabase(NAME);
}

export function deleteDatabase(name: string): Promise<void> {
    return new Promise((resolve, reject) => {
        const request = indexedDB.deleteDatabase(name);
        request.onsuccess = () => resolve();
        request.onerror = () => reject(request.error);
        // Somebody still holds it; it goes as soon as they let go.
        request.onblocked = () => resolve();
    });
}
