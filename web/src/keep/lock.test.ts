import { describe, expect, it } from 'vitest';
import { unwrap, wrap } from './lock.ts';

const ROUNDS = 1_000; // The real figure is slow on purpose.

describe('the lock', () => {
    it('gives the key back for its number only', async () => {
        const lock = await wrap('48213', 'store key', ROUNDS);

        expect(await unwrap('48213', lock)).toBe('store key');
        expect(await unwrap('48214', lock)).toBeUndefined();
    });

    it('takes a number typed with other digits for the same number', async () => {
        const lock = await wrap('48213', 'store key', ROUNDS);

        expect(await unwrap('４８２１３', lock)).toBe('store key');
    });

    it('shows nothing of the key, and is another one each time', async () => {
        const [one, other] = [await wrap('1', 'k', ROUNDS), await wrap('1', 'k', ROUNDS)];

        expect(JSON.stringify(one)).not.toContain('store');
        expect(one.wrapped).not.toBe(other.wrapped);
    });
});
