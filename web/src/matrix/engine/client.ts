import {
    ClientEvent,
    createClient,
    HttpApiEvent,
    type IndexedDBStore,
    type MatrixClient,
    PendingEventOrdering,
    SyncState,
} from 'matrix-js-sdk';
import { VerificationMethod } from 'matrix-js-sdk/lib/types.js';
import { type Account, noteDatabase } from '../../keep/account.ts';
import type { Opening } from '../session.ts';
import { Troubled, troubleOfLine } from '../trouble.ts';
import { LateStore } from './lateStore.ts';
import { SecretKeys } from './secretKeys.ts';
import { silent } from './silence.ts';
import { Tokens } from './tokens.ts';

const SYNC_EVENTS = 8;
const SYNC_POLL_MS = 30_000;
const SAVE_WITHIN_MS = 5_000;
const SERVER_WITHIN_MS = 2_500;

/** A running client of the SDK, with what was made along with it. */
export interface Started {
    readonly client: MatrixClient;
    readonly account: Account;
    readonly tokens: Tokens;
    readonly secretKeys: SecretKeys;
    stop(): Promise<void>;
}

function bytesOf(base64: string): Uint8Array {
    return Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
}

async function openStore(prefix: string): Promise<IndexedDBStore> {
    const dbName = `${prefix}-sync`;
    await noteDatabase(`matrix-js-sdk:${dbName}`);
    return new LateStore({ indexedDB, dbName });
}

/** Opens the stores, the encryption and the sync; resolves when chats can be shown. */
export async function startClient(opening: Opening): Promise<Started> {
    const { account, onStep, onEnded, onLocked } = opening;
    const tokens = new Tokens(account, { onEnded, onLocked });
    const secretKeys = new SecretKeys();
    const prefix = `chancery-${account.userId}-${account.deviceId}`;
    const store = await openStore(prefix);
    const client = createClient({
        baseUrl: location.origin,
        userId: account.userId,
        deviceId: account.deviceId,
        accessToken: account.accessToken,
        fetchFn: tokens.fetch,
        store,
        timelineSupport: true,
        cryptoCallbacks: secretKeys.callbacks,
        verificationMethods: [VerificationMethod.Sas],
        disableVoip: true,
        logger: silent,
    });
    client.on(HttpApiEvent.SessionLoggedOut, (fault) => onEnded(fault.data.soft_logout === true));
    onStep('keys');
    await noteDatabase(`${prefix}::matrix-sdk-crypto`);
    await noteDatabase(`${prefix}::matrix-sdk-crypto-meta`);
    await Promise.all([
        store.startup(),
        client.initRustCrypto({
            useIndexedDB: true,
            cryptoDatabasePrefix: prefix,
            storageKey: bytesOf(account.storeKey),
        }),
    ]);
    onStep('messages');
    try {
        await ready(client);
    } catch (fault) {
        await stop(client, store); // The next try opens the same stores.
        throw fault;
    }
    const save = () => {
        if (document.visibilityState === 'hidden') {
            store.save(true).catch(() => undefined); // Only the next start gains by it.
        }
    };
    document.addEventListener('visibilitychange', save);
    return {
        client,
        account,
        tokens,
        secretKeys,
        stop: () => {
            document.removeEventListener('visibilitychange', save);
            return stop(client, store);
        },
    };
}

/**
 * After the first answer of the server. What the store has may be minutes old, so a line that works
 * is given a moment; without one, what is there is shown.
 */
function ready(client: MatrixClient): Promise<void> {
    const prepared = new Promise<void>((resolve, reject) => {
        let patience: ReturnType<typeof setTimeout> | undefined;
        const end = () => {
            clearTimeout(patience);
            client.off(ClientEvent.Sync, listen);
            resolve();
        };
        const listen = (
            state: SyncState,
            _before: unknown,
            data?: { fromCache?: boolean; error?: Error },
        ) => {
            if (state === SyncState.Prepared && data?.fromCache) {
                patience = setTimeout(end, SERVER_WITHIN_MS);
            } else if (state === SyncState.Error && patience === undefined) {
                client.off(ClientEvent.Sync, listen);
                reject(data?.error ?? new Troubled(troubleOfLine())); // There is nothing to show.
            } else {
                end();
            }
        };
        client.on(ClientEvent.Sync, listen);
    });
    const started = client.startClient({
        lazyLoadMembers: true,
        initialSyncLimit: SYNC_EVENTS,
        pollTimeout: SYNC_POLL_MS,
        pendingEventOrdering: PendingEventOrdering.Detached,
        threadSupport: false,
        disablePresence: true,
    });
    return started.then(() => prepared);
}

async function stop(client: MatrixClient, store: IndexedDBStore): Promise<void> {
    await Promise.race([
        store.save(true).catch(() => undefined), // The next sync starts a little earlier then.
        new Promise((resolve) => setTimeout(resolve, SAVE_WITHIN_MS)),
    ]);
    client.stopClient();
    client.removeAllListeners();
    await store.destroy();
}
