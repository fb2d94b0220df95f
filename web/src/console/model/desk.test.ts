import { describe, expect, it } from 'vitest';
import { deskOf, notWhole, pageOf, roomOf, stockLevelOf } from './desk.ts';

describe('the records desk', () => {
    it('counts sessions of which the archive lacks something', () => {
        const row = roomOf({
            room_id: '!a',
            coverage: { presumed: 5, partly: 1, withheld: 2, unknown: 3 },
        });

        expect(notWhole(row.coverage)).toBe(6);
        expect(row).toMatchObject({ id: '!a', name: undefined, leaves: 0 });
    });

    it('sums up what three answers say', () => {
        const desk = deskOf(
            { sessions: 9, partly: 1, missing: 2 },
            { total: 4, ending: 1, overdue: 0 },
            { left: 3, low: true, stocks: [{ stock: 's', state: 'sound', holders: [{}] }] },
        );

        expect(desk).toMatchObject({ sessions: 9, notWhole: 3, rooms: 4, ending: 1 });
        expect(desk.stock).toMatchObject({ left: 3, low: true });
        expect(desk.stock.stocks[0]?.holders).toHaveLength(1);
    });

    it('turns pages where the server names a next one', () => {
        expect(pageOf({ rooms: [{ room_id: '!a' }], next: 0 }, 'rooms', roomOf).next).toBe('0');
        expect(pageOf({ rooms: 'nonsense' }, 'rooms', roomOf)).toEqual({
            rows: [],
            next: undefined,
        });
    });

    it('has no stock where the answer is something else', () => {
        expect(stockLevelOf({ stocks: 1 })).toEqual({ left: 0, low: false, stocks: [] });
    });
});
