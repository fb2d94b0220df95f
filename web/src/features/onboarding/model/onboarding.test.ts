import { describe, expect, it } from 'vitest';
import { lacking } from './password.ts';
import { suggestUserName } from './userName.ts';

describe('a new password', () => {
    it('lacks what is missing of eight characters', () => {
        expect(lacking('short')).toBe(3);
        expect(lacking('long enough')).toBe(0);
    });

    it('is counted in characters, not in code units', () => {
        expect(lacking('🔑🔑🔑🔑')).toBe(4);
    });
});

describe('a suggested user name', () => {
    it('is the name in small plain letters', () => {
        expect(suggestUserName('Ruth Adeyemi-Müller')).toBe('ruth.adeyemi-muller');
        expect(suggestUserName('  Jürgen  Groß ')).toBe('jurgen.gross');
    });

    it('is empty where nothing of the name can stand', () => {
        expect(suggestUserName('李小龙')).toBe('');
    });
});
