import { describe, expect, it } from 'vitest';
import { FITTED, moved, zoomed } from './zoom.ts';

const frame = { width: 800, height: 600 };

describe('zoom', () => {
    it('keeps what is under the pointer under it', () => {
        const zoom = zoomed(FITTED, 'in', frame, { x: 600, y: 300 });

        // 200 px right of the middle before; the same point of the picture after.
        expect(200 * zoom.scale + zoom.x).toBeCloseTo(200);
        expect(zoom.y).toBe(0);
    });

    it('goes back to fitted, and not beyond', () => {
        let zoom = zoomed(FITTED, 'in', frame, { x: 0, y: 0 });
        for (let n = 0; n < 4; n++) zoom = zoomed(zoom, 'out', frame);

        expect(zoom).toEqual(FITTED);
    });

    it('ends somewhere', () => {
        let zoom = FITTED;
        for (let n = 0; n < 40; n++) zoom = zoomed(zoom, 'in', frame);

        expect(zoom.scale).toBe(8);
    });

    it('never moves the picture out of its frame', () => {
        const zoom = moved({ scale: 2, x: 0, y: 0 }, 5_000, -5_000, frame);

        expect(zoom).toEqual({ scale: 2, x: 400, y: -300 });
        expect(moved(FITTED, 50, 50, frame)).toEqual(FITTED);
    });
});
