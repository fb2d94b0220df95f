import { describe, expect, it } from 'vitest';
import { missing } from './support.ts';

const able = { isSecureContext: true, hasWasm: true, hasStorage: true, hasNew: true };

describe('a browser', () => {
    it('that can do all misses nothing', () => {
        expect(missing(able)).toBeUndefined();
    });

    it('without a secure address is told so first, since that hides the rest', () => {
        expect(missing({ ...able, isSecureContext: false, hasWasm: false })).toBe('secure');
    });

    it('without WebAssembly, storage or youth is told which', () => {
        expect(missing({ ...able, hasWasm: false })).toBe('wasm');
        expect(missing({ ...able, hasStorage: false })).toBe('storage');
        expect(missing({ ...able, hasNew: false })).toBe('old');
    });
});
