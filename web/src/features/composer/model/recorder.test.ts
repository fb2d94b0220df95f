import { expect, test } from 'vitest';
import { condensed, loudness } from './recorder.ts';

test('silence is nothing, and a full voice is all', () => {
    expect(loudness(new Float32Array(100))).toBe(0);
    expect(loudness(new Float32Array(100).fill(1))).toBe(1);
    expect(loudness(new Float32Array(100).fill(0.1))).toBeCloseTo(0.6);
});

test('a long note keeps its loudest moments', () => {
    const heights = new Array(1_000).fill(0.1);
    heights[500] = 1;

    const short = condensed(heights, 120);

    expect(short).toHaveLength(120);
    expect(Math.max(...short)).toBe(1);
});
