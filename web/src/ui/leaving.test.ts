import { describe, expect, it } from 'vitest';
import { beforeLeaving, isLeaving, loadAnew } from './leaving.ts';

describe('loading the page anew', () => {
    it('waits until all is written down, also past one that fails', async () => {
        const steps: string[] = [];
        beforeLeaving(() => Promise.reject(new Error('the disk is full')));
        beforeLeaving(async () => {
            await Promise.resolve();
            steps.push('written');
        });
        const stop = beforeLeaving(async () => steps.push('not asked any more'));
        stop();

        await loadAnew(() => steps.push('loaded'));

        expect(steps).toEqual(['written', 'loaded']);
        expect(isLeaving()).toBe(true);
    });
});
