import { expect, test } from 'vitest';
import { matching, queryAt } from './mentionQuery.ts';

test('an at sign after a space begins a query, inside an address it does not', () => {
    expect(queryAt('hello @Gr', 9)).toEqual({ from: 6, text: 'Gr' });
    expect(queryAt('@', 1)).toEqual({ from: 0, text: '' });
    expect(queryAt('mail me@exa', 11)).toBeUndefined();
});

test('a second word may follow, a third ends the query', () => {
    expect(queryAt('@Grace Ok', 9)?.text).toBe('Grace Ok');
    expect(queryAt('@Grace Okoye is', 15)).toBeUndefined();
});

test('the beginning of a name wins over its middle, and accents do not matter', () => {
    const people = [
        { userId: '@a:x', name: 'Inge Brandt' },
        { userId: '@b:x', name: 'Zoë Inglis' },
        { userId: '@c:x', name: 'Sterling' },
    ];

    expect(matching(people, 'ing', 8).map((p) => p.name)).toEqual([
        'Inge Brandt',
        'Zoë Inglis',
        'Sterling',
    ]);
    expect(matching(people, 'zoe', 8)).toHaveLength(1);
});
