import { ClientEvent, type MatrixClient, SyncState } from 'matrix-js-sdk';
import { Observable } from '../observable.ts';
import { troubleOf } from '../trouble.ts';
import type { Connection } from '../types.ts';

/** The line to the server, from what the sync says and what the device says. */
export class Line extends Observable<Connection> {
    readonly #client: MatrixClient;

    constructor(client: MatrixClient) {
        super({ state: 'connecting', since: Date.now(), waiting: 0 });
        this.#client = client;
        client.on(ClientEvent.Sync, this.#onSync);
        addEventListener('online', this.#onDevice);
        addEventListener('offline', this.#onDevice);
    }

    get isOnline(): boolean {
        return this.snapshot().state === 'online';
    }

    setWaiting(waiting: number): void {
        const now = this.snapshot();
        if (now.waiting !== waiting) {
            this.publish({ ...now, waiting });
        }
    }

    retry(): void {
        this.#client.retryImmediately();
    }

    stop(): void {
        this.#client.off(ClientEvent.Sync, this.#onSync);
        removeEventListener('online', this.#onDevice);
        removeEventListener('offline', this.#onDevice);
    }

    readonly #onSync = (state: SyncState, _before: SyncState | null, data?: { error?: Error }) => {
        switch (state) {
            case SyncState.Syncing:
            case SyncState.Catchup:
                this.#become('online');
                break;
            case SyncState.Reconnecting:
            case SyncState.Error: {
                const { kind } = troubleOf(data?.error);
                this.#become(kind === 'offline' || !navigator.onLine ? 'offline' : 'server-away');
                break;
            }
        }
    };

    readonly #onDevice = () => {
        if (navigator.onLine) {
            this.retry(); // What was in flight when the line went waits for nothing now.
        } else {
            this.#become('offline');
        }
    };

    #become(state: Connection['state']): void {
        const now = this.snapshot();
        if (now.state !== state) {
            const broke =
                now.state === 'online' || now.state === 'connecting' || state === 'online';
            this.publish({ ...now, state, since: broke ? Date.now() : now.since });
        }
    }
}
