import { expect, test } from 'vitest';
import { insert, toggleMark } from './editing.ts';

test('a mark goes round the selection and comes off again', () => {
    const bold = toggleMark({ text: 'very cold', from: 5, to: 9 }, '*');

    expect(bold).toEqual({ text: 'very *cold*', from: 6, to: 10 });
    expect(toggleMark(bold, '*')).toEqual({ text: 'very cold', from: 5, to: 9 });
});

test('what is put in takes the place of the selection', () => {
    expect(insert({ text: 'a b', from: 2, to: 3 }, '🙂')).toEqual({ text: 'a 🙂', from: 4, to: 4 });
});
