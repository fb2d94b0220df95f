import { describe, expect, it } from 'vitest';
import { readLook, themeName } from './look.ts';

describe('the look', () => {
    it('is the system’s until something else was chosen', () => {
        expect(readLook(null)).toEqual({ theme: 'system', text: 100 });
    });

    it('is what was chosen, as far as there is such a thing', () => {
        expect(readLook('{"theme":"dark","text":125}')).toEqual({ theme: 'dark', text: 125 });
        expect(readLook('{"theme":"pink","text":900}')).toEqual({ theme: 'system', text: 100 });
        expect(readLook('not json')).toEqual({ theme: 'system', text: 100 });
    });

    it('with high contrast is dark where the system is', () => {
        expect(themeName('contrast', true)).toBe('contrast-dark');
        expect(themeName('contrast', false)).toBe('contrast');
        expect(themeName('system', true)).toBeUndefined();
    });
});
