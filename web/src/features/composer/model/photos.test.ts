import { expect, test } from 'vitest';
import { renamed, within } from './photos.ts';

test('a photo is made smaller, never larger, and keeps its shape', () => {
    expect(within(4000, 3000, 2048, 2048)).toEqual({ width: 2048, height: 1536 });
    expect(within(300, 200, 2048, 2048)).toEqual({ width: 300, height: 200 });
    expect(within(10_000, 1, 800, 600)).toEqual({ width: 800, height: 1 });
});

test.each([
    ['beach.jpeg', 'jpg', 'beach.jpeg'],
    ['beach.JPG', 'jpg', 'beach.JPG'],
    ['plan.webp', 'jpg', 'plan.jpg'],
    ['plan.png', 'png', 'plan.png'],
    ['image', 'png', 'image.png'],
])('%s as %s is %s', (name, ending, wanted) => {
    expect(renamed(name, ending)).toBe(wanted);
});
