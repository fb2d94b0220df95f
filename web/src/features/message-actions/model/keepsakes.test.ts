import { expect, test } from 'vitest';
import { readHidden, readStarred, withHidden, withoutHidden, withStar } from './keepsakes.ts';

const star = (event: string, at = 0) => ({ room: '!r', event, at });

test('what is starred again comes first, once', () => {
    const list = withStar([star('$a'), star('$b')], star('$b', 5), true).messages;

    expect(list.map((each) => each.event)).toEqual(['$b', '$a']);
    expect(withStar(list, star('$b'), false).messages).toEqual([star('$a')]);
});

test('the oldest stars go when there are too many', () => {
    const many = Array.from({ length: 500 }, (_, n) => star(`$${n}`));

    expect(withStar(many, star('$new'), true).messages).toHaveLength(500);
});

test('account data of another shape are nothing', () => {
    expect(readStarred(undefined)).toEqual([]);
    expect(readStarred({ messages: 'all' })).toEqual([]);
    expect(readStarred({ messages: [null, 3, { room: '!r', event: '$a' }] })).toEqual([star('$a')]);
    expect(readHidden({ events: [{ room: 1, event: '$a' }] })).toEqual([]);
});

test('what is hidden can be shown again', () => {
    const { events } = withHidden([], '!r', ['$a', '$b']);

    expect(withoutHidden(events, ['$a']).events).toEqual([{ room: '!r', event: '$b' }]);
});
