import { describe, expect, it } from 'vitest';
import { Keeper, type Log } from './keeper.ts';

class Disk implements Log {
    pages: unknown[] = [];

    async append(page: unknown): Promise<void> {
        this.pages.push(structuredClone(page));
    }

    async replace(pages: readonly unknown[]): Promise<void> {
        this.pages = structuredClone([...pages]);
    }
}

const key = {} as CryptoKey;

async function keeper(disk: Disk): Promise<Keeper> {
    const made = new Keeper(async () => ({
        log: disk,
        pages: disk.pages,
        written: disk.pages.length,
    }));
    await made.answer({ ask: 'open', database: 'search', key });
    return made;
}

function put(id: number) {
    return {
        put: {
            chatId: '!quay:x',
            id: `$${id}`,
            time: id,
            senderId: '@ruth:x',
            senderName: 'Ruth',
            kind: 'text',
            text: `berth ${id}`,
        },
    } as const;
}

const query = { words: 'berth', limit: 5 };

describe('the keeper of the index', () => {
    it('has after a restart what was flushed, and how far the past was reached', async () => {
        const disk = new Disk();
        const before = await keeper(disk);
        await before.answer({ ask: 'take', fed: [put(1)] });
        const reached = { next: 't1', done: false, locked: 0 };
        await before.answer({ ask: 'reached', chatId: '!quay:x', reached });
        await before.answer({ ask: 'flush' });
        const after = new Keeper(async () => ({ log: disk, pages: disk.pages, written: 1 }));

        const opened = await after.answer({ ask: 'open', database: 'search', key });

        expect(opened).toEqual({ reached: { '!quay:x': reached }, size: 1 });
        expect(await after.answer({ ask: 'find', query })).toMatchObject({ total: 1 });
    });

    it('writes nothing when nothing is new', async () => {
        const disk = new Disk();
        const kept = await keeper(disk);
        await kept.answer({ ask: 'take', fed: [put(1)] });
        await kept.answer({ ask: 'flush' });

        await kept.answer({ ask: 'take', fed: [put(1)] });
        await kept.answer({ ask: 'flush' });

        expect(disk.pages).toHaveLength(1);
    });

    it('writes itself anew before its log grows without end, and loses nothing', async () => {
        const disk = new Disk();
        const kept = await keeper(disk);

        for (let id = 1; id <= 700; id++) {
            await kept.answer({ ask: 'take', fed: [put(id)] });
            await kept.answer({ ask: 'flush' });
        }

        expect(disk.pages.length).toBeLessThanOrEqual(300);
        const again = await keeper(disk);
        expect(await again.answer({ ask: 'find', query })).toMatchObject({ total: 700 });
    });
});
