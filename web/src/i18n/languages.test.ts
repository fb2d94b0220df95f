import { describe, expect, it } from 'vitest';
import { localeOf, pickLanguage } from './languages.ts';

describe('the language', () => {
    it('is the first of the reader that we have', () => {
        expect(pickLanguage(['pt-BR', 'fr-CA', 'de'])).toBe('fr');
    });

    it('is English when we have none of them', () => {
        expect(pickLanguage(['fi', 'sv'])).toBe('en');
    });

    it('is the chosen one above all', () => {
        expect(pickLanguage(['de'], 'nl')).toBe('nl');
        expect(pickLanguage(['de'], 'nonsense')).toBe('de');
    });

    it('keeps the variety in which the reader writes dates', () => {
        expect(localeOf('de', ['en-US', 'de-AT'])).toBe('de-AT');
        expect(localeOf('nl', ['en-US'])).toBe('nl-NL');
    });
});
