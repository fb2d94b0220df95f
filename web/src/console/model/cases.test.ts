import { describe, expect, it } from 'vitest';
import {
    type Card,
    cardOf,
    caseOf,
    lackOf,
    signatureOf,
    type Wish,
    waitsFor,
    wishJson,
} from './cases.ts';

const ADA: Card = { name: 'Ada', house: 'City', sealing: 'a', signing: 'A' };
const BOB: Card = { name: 'Bob', house: 'Court', sealing: 'b', signing: 'B' };
const WISH: Wish = {
    kind: 'oversight',
    reference: '2026-1',
    article: 'article 5',
    necessity: 'no lesser means',
    rooms: ['!a'],
    from: '2026-01-01',
    until: '2026-01-01',
    noticeAt: '',
    noticeReason: '',
    approver: '@bob:x',
    own: ADA,
    approverCard: BOB,
    readingRoom: { name: 'Desk', house: 'Archive', sealing: 'd', signing: 'D' },
};

describe('a wish for a case', () => {
    it('takes the last day with it, and the keys from the cards', () => {
        const json = wishJson(WISH);

        expect(json).toMatchObject({
            scope: [{ room_id: '!a', from: 1_767_225_600_000, until: 1_767_312_000_000 }],
            reading_room: 'd',
            requester: { name: 'Ada', signing_key: 'A' },
            approver: { user_id: '@bob:x', name: 'Bob', signing_key: 'B' },
            notice_at: 0,
        });
        expect(json).not.toHaveProperty('notice_reason');
    });

    it('is not approved by the key that asks', () => {
        expect(lackOf(WISH)).toBeUndefined();
        expect(lackOf({ ...WISH, approverCard: ADA })).toBe('same');
        expect(lackOf({ ...WISH, until: '2025-12-31' })).toBe('days');
        expect(lackOf({ ...WISH, necessity: ' ' })).toBe('words');
    });
});

describe('files', () => {
    it('are cards only with a name and both keys', () => {
        const card = { name: 'Ada', organisation: 'City', sealing_key: 'a', signing_key: 'A' };

        expect(cardOf(JSON.stringify(card))).toEqual(ADA);
        expect(cardOf(JSON.stringify({ ...card, signing_key: '' }))).toBeUndefined();
        expect(cardOf('no card')).toBeUndefined();
    });

    it('are signed cases only where that officer has signed', () => {
        const file = JSON.stringify({ signers: { requested: 's', approved: '' } });

        expect(signatureOf(file, 'requested')).toBe('s');
        expect(signatureOf(file, 'approved')).toBeUndefined();
    });
});

describe('a case', () => {
    it('waits for who asks, then for who approves, then for nobody', () => {
        const signers = { requester: { user_id: '@a:x' }, approver: { user_id: '@b:x' } };
        const of = (state: string) => waitsFor(caseOf({ state, entry: { signers } }));

        expect(['drafted', 'requested', 'approved', 'refused'].map(of)).toEqual([
            '@a:x',
            '@b:x',
            undefined,
            undefined,
        ]);
    });

    it('calls its conversations by name, or by their people', () => {
        const entry = { scope: [{ room_id: '!a' }, { room_id: '!b' }, { room_id: '!c' }] };
        const rooms = [
            { room_id: '!b', people: ['Ada', 'Bob'] },
            { room_id: '!a', name: 'Quay' },
        ];

        const { scope } = caseOf({ entry, rooms });

        expect(scope.map((part) => part.name)).toEqual(['Quay', 'Ada, Bob', undefined]);
    });

    it('is read field by field', () => {
        const one = caseOf({ case_id: 'c', state: 'approved', entry: { ground: { kind: 'x' } } });

        expect(one).toMatchObject({ id: 'c', state: 'approved', kind: 'oversight', scope: [] });
    });
});
