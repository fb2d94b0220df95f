import { describe, expect, it } from 'vitest';
import { excerpt, folded, holdsAll, wordsOf } from './words.ts';

describe('folding', () => {
    it('drops case and accents and keeps every place', () => {
        const text = 'Éclairage à Zürich, STRASSE und Straße 🏠';

        expect(folded(text)).toBe('eclairage a zurich, strasse und straße 🏠');
        expect(folded(text)).toHaveLength(text.length);
        expect(folded('İstanbul')).toHaveLength('İstanbul'.length);
    });
});

describe('a search', () => {
    const text = folded('The traffic plan of Harbour Quay, version 3');

    it('finds words by how they begin, in any order', () => {
        expect(holdsAll(text, wordsOf('QUAY traf'))).toBe(true);
        expect(holdsAll(text, wordsOf('quay bridge'))).toBe(false);
    });

    it('does not find the middle of a word', () => {
        expect(holdsAll(text, wordsOf('arbour'))).toBe(false);
    });

    it('finds the middle where a script has no spaces', () => {
        expect(holdsAll(folded('明日の会議は中止です'), wordsOf('会議'))).toBe(true);
    });

    it('has words of letters, digits and addresses only, and not too many', () => {
        expect(wordsOf('  berth(2) – ruth@westhaven.example ')).toEqual([
            'berth',
            '2',
            'ruth@westhaven.example',
        ]);
        expect(wordsOf('a '.repeat(100))).toHaveLength(12);
    });
});

describe('an excerpt', () => {
    it('marks every hit, as it was written', () => {
        const pieces = excerpt('Berth 2 is in yellow; BERTH 3 is not', wordsOf('berth'));

        expect(pieces.filter((piece) => piece.hit).map((piece) => piece.text)).toEqual([
            'Berth',
            'BERTH',
        ]);
        expect(pieces.map((piece) => piece.text).join('')).toBe(
            'Berth 2 is in yellow; BERTH 3 is not',
        );
    });

    it('begins near the first hit of a long text', () => {
        const pieces = excerpt(`${'word '.repeat(500)}needle ${'word '.repeat(500)}`, ['needle']);

        expect(pieces[0]?.text).toBe('… ');
        expect(pieces.some((piece) => piece.hit && piece.text === 'needle')).toBe(true);
        expect(pieces.map((piece) => piece.text).join('').length).toBeLessThan(300);
    });

    it('of a text without a hit is its beginning', () => {
        expect(excerpt('only a caption', ['other'])).toEqual([
            { text: 'only a caption', hit: false },
        ]);
    });
});
