import { describe, expect, it } from 'vitest';
import { initials } from './Avatar.tsx';

describe('initials', () => {
    it('are of the first and the last word', () => {
        expect(initials('Ruth van der Adeyemi')).toBe('RA');
    });

    it('are one letter of one word, and none of none', () => {
        expect(initials('ruth')).toBe('R');
        expect(initials('  ')).toBe('');
    });

    it('skip signs', () => {
        expect(initials('@ruth.adeyemi')).toBe('RA');
        expect(initials('– Desk 4')).toBe('D4');
    });
});
