import { EventStatus, type MatrixClient, type MatrixEvent, type Room } from 'matrix-js-sdk';
import { put, take } from '../../keep/vault.ts';
import { troubleOf } from '../trouble.ts';
import type { Trouble } from '../types.ts';
import type { Line } from './connection.ts';

const KEPT = 'outbox';
const ENTRIES_MAX = 500;
const AGAIN_MS = 5_000;
/** What passes by itself. */
const WAITING: readonly Trouble['kind'][] = ['offline', 'server-away', 'limited'];
/** The SDK does not even try an event while an earlier one of its room has not gone. */
const BLOCKED = 'Event blocked by other events not yet sent';

interface Entry {
    readonly txnId: string;
    readonly chatId: string;
    readonly type: string;
    readonly content: Record<string, unknown>;
    /** Waits for the line; otherwise it is under way, or the server refused it. */
    waits: boolean;
    /** The server said no: only the reader sends it again. */
    refused: boolean;
}

/**
 * What was said and has not arrived. It lies sealed on the device, so that it survives a reload, and
 * goes out in its order when the line is back, each with its first transaction id: the server takes
 * it once, however often it comes.
 */
export class Outbox {
    readonly #client: MatrixClient;
    readonly #line: Line;
    readonly #entries = new Map<string, Entry>();
    #saving: Promise<void> = Promise.resolve();
    #flushing: Promise<void> | undefined;
    #later: ReturnType<typeof setTimeout> | undefined;
    readonly #unsubscribe: () => void;

    constructor(client: MatrixClient, line: Line) {
        this.#client = client;
        this.#line = line;
        let was = line.isOnline;
        this.#unsubscribe = line.subscribe(() => {
            const back = !was && line.isOnline;
            was = line.isOnline;
            if (back) {
                void this.flush();
            }
        });
    }

    /** Takes up what an earlier start left. */
    async load(): Promise<void> {
        const loading = take<Entry[]>(KEPT).catch(() => undefined);
        this.#saving = loading.then(() => undefined); // Nothing is written over what is read.
        for (const kept of (await loading) ?? []) {
            if (!this.#entries.has(kept.txnId)) {
                this.#entries.set(kept.txnId, { ...kept, waits: true, refused: false });
            }
        }
        this.#tell();
        if (this.#line.isOnline) {
            await this.flush();
        }
    }

    /** Says it; never throws. The local echo stands in the room when this returns. */
    send(chatId: string, type: string, content: Record<string, unknown>): void {
        if (this.#entries.size >= ENTRIES_MAX) {
            return; // The composer is closed long before.
        }
        const txnId = this.#client.makeTxnId();
        const entry = { txnId, chatId, type, content, waits: false, refused: false };
        this.#entries.set(txnId, entry);
        this.#keep();
        void this.#try(entry);
    }

    isQueued(event: MatrixEvent): boolean {
        return this.#entries.get(event.getTxnId() ?? '')?.waits === true;
    }

    resend(event: MatrixEvent): void {
        const entry = this.#entries.get(event.getTxnId() ?? '');
        if (entry) {
            entry.refused = false;
            void this.#try(entry);
        }
    }

    discard(event: MatrixEvent): void {
        this.#entries.delete(event.getTxnId() ?? '');
        this.#keep();
        if (event.status === EventStatus.NOT_SENT || event.status === EventStatus.QUEUED) {
            this.#client.cancelPendingEvent(event);
        }
    }

    /** Sends what waits, in its order. */
    flush(): Promise<void> {
        this.#flushing ??= this.#flush().finally(() => {
            this.#flushing = undefined;
        });
        return this.#flushing;
    }

    stop(): Promise<void> {
        this.#unsubscribe();
        clearTimeout(this.#later);
        return this.#saving;
    }

    async #flush(): Promise<void> {
        for (const entry of [...this.#entries.values()]) {
            if (entry.waits && !(await this.#try(entry))) {
                return; // The line went again; the rest keeps its order.
            }
        }
    }

    /** True when the next may be tried. */
    async #try(entry: Entry): Promise<boolean> {
        entry.waits = false;
        this.#tell();
        try {
            await this.#put(entry);
            this.#entries.delete(entry.txnId);
            this.#keep();
            return true;
        } catch (fault) {
            entry.waits = isBlocked(fault) || WAITING.includes(troubleOf(fault).kind);
            entry.refused = !entry.waits;
            if (entry.waits && this.#line.isOnline) {
                // The sync still goes: the server was short of breath. Try again by and by.
                clearTimeout(this.#later);
                this.#later = setTimeout(() => void this.flush(), AGAIN_MS);
            }
            const found = this.#echo(entry);
            if (found) {
                this.onChange(found.room, found.event);
            }
            this.#keep();
            return entry.refused;
        }
    }

    async #put(entry: Entry): Promise<void> {
        const found = this.#echo(entry);
        if (found?.event.status === EventStatus.NOT_SENT) {
            await this.#client.resendEvent(found.event, found.room);
            return;
        }
        await this.#client.sendEvent(
            entry.chatId,
            entry.type as never,
            entry.content as never,
            entry.txnId,
        );
    }

    #echo(entry: Entry): { event: MatrixEvent; room: Room } | undefined {
        const room = this.#client.getRoom(entry.chatId);
        const event = room?.getPendingEvents().find((one) => one.getTxnId() === entry.txnId);
        return room && event ? { event, room } : undefined;
    }

    /** Called when an entry began to wait, or was refused: its row looks different then. */
    onChange: (room: Room, event: MatrixEvent) => void = () => undefined;

    #keep(): void {
        this.#tell();
        const entries = [...this.#entries.values()];
        this.#saving = this.#saving.then(() => put(KEPT, entries)).catch(() => undefined);
    }

    #tell(): void {
        this.#line.setWaiting([...this.#entries.values()].filter((one) => one.waits).length);
    }
}

function isBlocked(fault: unknown): boolean {
    return fault instanceof Error && fault.message === BLOCKED;
}
