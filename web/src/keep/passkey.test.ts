import { describe, expect, it } from 'vitest';
import { unwrapUnder, wrapUnder } from './passkey.ts';

const secret = new Uint8Array(32).fill(7);
const other = new Uint8Array(32).fill(8);

describe('a passkey', () => {
    it('gives the key back for its secret only', async () => {
        const wrapped = await wrapUnder(secret, 'store key');

        expect(await unwrapUnder(secret, wrapped)).toBe('store key');
        expect(await unwrapUnder(other, wrapped)).toBeUndefined();
    });

    it('shows nothing of the key, and is another one each time', async () => {
        const [one, again] = [await wrapUnder(secret, 'k'), await wrapUnder(secret, 'k')];

        expect(JSON.stringify(one)).not.toContain('store');
        expect(one.wrapped).not.toBe(again.wrapped);
    });
});
