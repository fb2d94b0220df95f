import { EventStatus, type MatrixClient } from 'matrix-js-sdk';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Cell } from '../observable.ts';
import { Troubled } from '../trouble.ts';
import type { Connection } from '../types.ts';
import type { Line } from './connection.ts';

const vault = new Map<string, unknown>();
vi.mock('../../keep/vault.ts', () => ({
    put: async (name: string, value: unknown) => {
        vault.set(name, structuredClone(value));
    },
    take: async (name: string) => vault.get(name),
}));

const { Outbox } = await import('./outbox.ts');

/** A line that goes and comes, with the count that the outbox tells it. */
class FakeLine extends Cell<Connection> {
    constructor() {
        super({ state: 'online', since: 0, waiting: 0 });
    }
    get isOnline(): boolean {
        return this.snapshot().state === 'online';
    }
    setWaiting(waiting: number): void {
        this.set({ ...this.snapshot(), waiting });
    }
    go(state: Connection['state']): void {
        this.set({ ...this.snapshot(), state });
    }
}

/** A server that takes what comes while it is there, each transaction once. */
class FakeClient {
    there = true;
    refuses = false;
    blocks = false;
    readonly arrived: string[] = [];
    readonly attempts: string[] = [];
    #count = 0;

    makeTxnId(): string {
        return `t${++this.#count}`;
    }
    getRoom(): null {
        return null;
    }
    async sendEvent(_room: string, _type: string, content: { body: string }, txnId: string) {
        this.attempts.push(txnId);
        if (this.blocks) {
            throw new Error('Event blocked by other events not yet sent');
        }
        if (!this.there) {
            throw new Troubled({ kind: 'offline' });
        }
        if (this.refuses) {
            throw new Troubled({ kind: 'refused', message: 'no' });
        }
        this.arrived.push(content.body);
    }
}

function outbox() {
    const line = new FakeLine();
    const client = new FakeClient();
    const box = new Outbox(client as unknown as MatrixClient, line as unknown as Line);
    return { line, client, box };
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

beforeEach(() => vault.clear());

describe('what was said', () => {
    it('goes at once where there is a line, and is not kept', async () => {
        const { box, client, line } = outbox();

        box.send('!a', 'm.room.message', { body: 'one' });
        await settled();
        await box.stop();

        expect(client.arrived).toEqual(['one']);
        expect(line.snapshot().waiting).toBe(0);
        expect(vault.get('outbox')).toEqual([]);
    });

    it('waits without a line, and goes in its order when it is back', async () => {
        const { box, client, line } = outbox();
        client.there = false;
        line.go('offline');
        box.send('!a', 'm.room.message', { body: 'one' });
        box.send('!a', 'm.room.message', { body: 'two' });
        await settled();
        expect(line.snapshot().waiting).toBe(2);

        client.there = true;
        line.go('online');
        await settled();
        await settled();

        expect(client.arrived).toEqual(['one', 'two']);
        expect(line.snapshot().waiting).toBe(0);
    });

    it('that the SDK holds back behind an earlier one waits like it', async () => {
        const { box, client, line } = outbox();
        client.there = false;
        line.go('offline');
        box.send('!a', 'm.room.message', { body: 'one' });
        await settled();
        client.blocks = true;
        box.send('!a', 'm.room.message', { body: 'two' });
        await settled();
        expect(line.snapshot().waiting).toBe(2);

        client.blocks = false;
        client.there = true;
        line.go('online');
        await settled();
        await settled();

        expect(client.arrived).toEqual(['one', 'two']);
    });

    it('survives a reload, with the same transactions', async () => {
        const first = outbox();
        first.client.there = false;
        first.line.go('offline');
        first.box.send('!a', 'm.room.message', { body: 'one' });
        await settled();
        await first.box.stop();

        const second = outbox();
        await second.box.load();

        expect(second.client.arrived).toEqual(['one']);
        expect(second.client.attempts).toEqual(first.client.attempts);
    });

    it('that the server refuses is not sent again by itself', async () => {
        const { box, client, line } = outbox();
        client.refuses = true;
        box.send('!a', 'm.room.message', { body: 'one' });
        await settled();

        line.go('offline');
        line.go('online');
        await settled();

        expect(client.attempts).toEqual(['t1']);
        expect(line.snapshot().waiting).toBe(0);
    });

    it('is queued for the reader only while it waits', async () => {
        const { box, client, line } = outbox();
        client.there = false;
        line.go('offline');
        box.send('!a', 'm.room.message', { body: 'one' });
        await settled();
        const echo = { getTxnId: () => 't1', status: EventStatus.NOT_SENT } as never;

        expect(box.isQueued(echo)).toBe(true);
        expect(box.isQueued({ getTxnId: () => 't2' } as never)).toBe(false);
    });
});
