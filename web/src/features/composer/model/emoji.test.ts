import { expect, test } from 'vitest';
import { read, search, toned } from './emoji.ts';

const all = read([
    {
        unicode: '👍️',
        label: 'thumbs up',
        group: 1,
        order: 2,
        tags: ['+1', 'yes'],
        skins: [{ unicode: '👍🏻' }],
    },
    { unicode: '❄️', label: 'snowflake', group: 4, order: 3, tags: ['cold', 'weather'] },
    { unicode: '🏻', label: 'light skin tone', group: 2, order: 1, tags: [] },
    { unicode: '⛄', label: 'snowman without snow', group: 4, order: 4, tags: ['cold'] },
]);

test('parts of emoji are none', () => {
    expect(all.map((each) => each.sign)).toEqual(['👍️', '❄️', '⛄']);
});

test('every word counts, and the name comes before the tags', () => {
    expect(search(all, 'cold', 9).map((each) => each.label)).toEqual([
        'snowflake',
        'snowman without snow',
    ]);
    expect(search(all, 'snow with', 9).map((each) => each.sign)).toEqual(['⛄']);
    expect(search(all, 'umbrella', 9)).toEqual([]);
});

test('a tone is used where there is one', () => {
    expect(toned(all[0]!, 1)).toBe('👍🏻');
    expect(toned(all[1]!, 1)).toBe('❄️');
});
