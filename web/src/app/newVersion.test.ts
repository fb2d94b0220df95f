import { describe, expect, it } from 'vitest';
import { mayReload } from './newVersion.ts';

describe('a page whose parts are gone', () => {
    it('loads anew, and not again within a minute', () => {
        expect(mayReload(null, 1_000_000)).toBe(true);
        expect(mayReload('990000', 1_000_000)).toBe(false);
        expect(mayReload('900000', 1_000_000)).toBe(true);
    });
});
