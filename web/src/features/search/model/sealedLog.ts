/**
 * The index on disk: an IndexedDB of numbered pages, each sealed with AES-GCM under a key that no
 * script can take out, and bound to its number, so that pages cannot be swapped.
 */
const PAGES = 'pages';
const IV_BYTES = 12;

interface SealedPage {
    readonly iv: Uint8Array<ArrayBuffer>;
    readonly bytes: ArrayBuffer;
}

function place(number: number): Uint8Array<ArrayBuffer> {
    return new TextEncoder().encode(`search page ${number}`);
}

export class SealedLog {
    readonly #db: IDBDatabase;
    readonly #key: CryptoKey;
    #next: number;

    private constructor(db: IDBDatabase, key: CryptoKey, next: number) {
        this.#db = db;
        this.#key = key;
        this.#next = next;
    }

    /** Opens the log and reads what it holds. Pages of another key are thrown away. */
    static async open(
        name: string,
        key: CryptoKey,
    ): Promise<{ log: SealedLog; pages: readonly unknown[]; written: number }> {
        const db = await opened(name);
        const store = db.transaction(PAGES).objectStore(PAGES);
        const [numbers, sealed] = await Promise.all([
            answered(store.getAllKeys()),
            answered(store.getAll() as IDBRequest<SealedPage[]>),
        ]);
        const pages: unknown[] = [];
        let next = 0;
        for (const [at, page] of sealed.entries()) {
            const number = Number(numbers[at]);
            next = Math.max(next, number + 1);
            const plain = await unsealed(key, number, page);
            if (plain === undefined) {
                await ended(db, (pagesOf) => pagesOf.clear());
                return { log: new SealedLog(db, key, 0), pages: [], written: 0 };
            }
            pages.push(plain);
        }
        return { log: new SealedLog(db, key, next), pages, written: sealed.length };
    }

    async append(page: unknown): Promise<void> {
        const number = this.#next++;
        const sealed = await this.#seal(number, page);
        await ended(this.#db, (pages) => pages.put(sealed, number));
    }

    /** Puts these pages in the place of all, in one step. */
    async replace(pages: readonly unknown[]): Promise<void> {
        const first = this.#next;
        this.#next += pages.length;
        const sealed: SealedPage[] = [];
        for (const [at, page] of pages.entries()) {
            sealed.push(await this.#seal(first + at, page));
        }
        await ended(this.#db, (store) => {
            store.clear();
            for (const [at, page] of sealed.entries()) {
                store.put(page, first + at);
            }
        });
    }

    async #seal(number: number, page: unknown): Promise<SealedPage> {
        const iv = crypto.getRandomValues(new Uint8Array(IV_BYTES));
        const plain = new TextEncoder().encode(JSON.stringify(page));
        const algorithm = { name: 'AES-GCM', iv, additionalData: place(number) };
        return { iv, bytes: await crypto.subtle.encrypt(algorithm, this.#key, plain) };
    }
}

async function unsealed(key: CryptoKey, number: number, page: SealedPage): Promise<unknown> {
    try {
        const algorithm = { name: 'AES-GCM', iv: page.iv, additionalData: place(number) };
        const plain = await crypto.subtle.decrypt(algorithm, key, page.bytes);
        return JSON.parse(new TextDecoder().decode(plain));
    } catch {
        return undefined; // Of another key, or damaged: the index is made anew from the messages.
    }
}

function opened(name: string): Promise<IDBDatabase> {
    return new Promise((resolve, reject) => {
        const request = indexedDB.open(name, 1);
        request.onupgradeneeded = () => request.result.createObjectStore(PAGES);
        request.onerror = () => reject(request.error);
        request.onsuccess = () => {
            // Signing out deletes it: let go at once.
            request.result.onversionchange = () => request.result.close();
            resolve(request.result);
        };
    });
}

function answered<T>(request: IDBRequest<T>): Promise<T> {
    return new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
    });
}

function ended(db: IDBDatabase, work: (pages: IDBObjectStore) => void): Promise<void> {
    return new Promise((resolve, reject) => {
        const transaction = db.transaction(PAGES, 'readwrite');
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error);
        transaction.onerror = () => reject(transaction.error);
        work(transaction.objectStore(PAGES));
    });
}
