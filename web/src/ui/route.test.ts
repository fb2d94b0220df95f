import { describe, expect, it } from 'vitest';
import { href, parseRoute } from './route.ts';

describe('a route', () => {
    it('is decoded step by step', () => {
        const route = parseRoute('#/chat/!a%3Aexample/%24event');

        expect(route.path).toEqual(['chat', '!a:example', '$event']);
    });

    it('carries the token of a link', () => {
        const route = parseRoute('#/register?token=a-b_c');

        expect(route.path).toEqual(['register']);
        expect(route.query.get('token')).toBe('a-b_c');
    });

    it('survives a stray percent sign', () => {
        expect(parseRoute('#/chat/100%').path).toEqual(['chat', '100%']);
    });

    it('is written as it is read', () => {
        const steps = ['chat', '!a/b?c:example', '$x'];

        expect(parseRoute(href(...steps)).path).toEqual(steps);
    });

    it('of an empty address has no steps', () => {
        expect(parseRoute('').path).toEqual([]);
        expect(parseRoute('#/').path).toEqual([]);
    });
});
