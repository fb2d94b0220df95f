import { describe, expect, it } from 'vitest';
import type { Fed, FeedPage } from '../../../matrix/index.ts';
import { Past } from './past.ts';
import type { Reached } from './protocol.ts';

const put = (id: string): Fed => ({
    put: {
        chatId: '!a',
        id,
        time: 1,
        senderId: '@r:x',
        senderName: 'R',
        kind: 'text',
        text: id,
    },
});

/** A chat of three pages; the first ask fails when it is told so. */
function world({ faults = 0, locked = 0 } = {}) {
    const asked: (string | undefined)[] = [];
    const taken: Fed[] = [];
    const kept: Record<string, Reached> = {};
    const states: string[] = [];
    let left = faults;
    const pages: Record<string, FeedPage> = {
        '': { fed: [put('$3')], locked, next: 't2' },
        t2: { fed: [put('$2')], locked: 0, next: 't1' },
        t1: { fed: [put('$1')], locked: 0 },
    };
    const past = new Past(
        {
            chats: () => ['!a'],
            before: async (_chatId, from) => {
                asked.push(from);
                if (left-- > 0) throw new Error('away');
                return pages[from ?? ''] as FeedPage;
            },
        },
        {
            take: async (fed) => void taken.push(...fed),
            reached: async (chatId, reached) => {
                kept[chatId] = reached;
            },
            progress: ({ state }) => {
                if (state) states.push(state);
            },
        },
        async () => undefined,
    );
    return { past, asked, taken, kept, states };
}

describe('the past', () => {
    it('is read page by page to its beginning', async () => {
        const { past, asked, taken, kept, states } = world();

        await past.run({});

        expect(asked).toEqual([undefined, 't2', 't1']);
        expect(taken).toHaveLength(3);
        expect(kept['!a']).toMatchObject({ done: true });
        expect(states.at(-1)).toBe('done');
    });

    it('goes on where it stopped', async () => {
        const { past, asked } = world();

        await past.run({ '!a': { next: 't1', done: false, locked: 0 } });

        expect(asked).toEqual(['t1']);
    });

    it('tries again after a fault', async () => {
        const { past, taken, states } = world({ faults: 1 });

        await past.run({});

        expect(taken).toHaveLength(3);
        expect(states).toContain('paused');
    });

    it('is read again where something was locked, once keys came', async () => {
        const { past, asked, kept } = world({ locked: 2 });
        await past.run({});
        expect(kept['!a']?.locked).toBe(2);

        past.readLockedAgain();
        await Promise.resolve();

        expect(asked.slice(0, 4)).toEqual([undefined, 't2', 't1', undefined]);
    });
});
