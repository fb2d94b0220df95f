import { describe, expect, it } from 'vitest';
import { followersOf, linkOf, peopleOf } from './answers.ts';

describe('people', () => {
    it('have one state, the gravest first', () => {
        const json = {
            users: [
                { user_id: '@a:x', deactivated: true, locked: true },
                { user_id: '@b:x', locked: true, suspended: true },
                { user_id: '@c:x', suspended: true },
                { user_id: '@d:x', displayname: 'Dora', admin: true },
            ],
            total: 9,
            next_batch: '@d:x',
        };

        const page = peopleOf(json);

        expect(page.people.map((one) => one.state)).toEqual([
            'closed',
            'locked',
            'suspended',
            'active',
        ]);
        expect(page.people[3]).toMatchObject({ name: 'Dora', admin: true });
        expect(page.people[0]?.name).toBe('a');
        expect(page).toMatchObject({ total: 9, next: '@d:x' });
    });

    it('are none where the answer is something else', () => {
        expect(peopleOf({ users: 'nonsense' }).people).toEqual([]);
    });
});

describe('a link', () => {
    it('leads to where this page is, whatever the server calls itself', () => {
        const link = linkOf({ link: 'http://hs1/#/register?token=t' }, 'https://chat.example');

        expect(link.url).toBe('https://chat.example/#/register?token=t');
    });
});

describe('followers', () => {
    it('are read from the health of the server', () => {
        const health = { followers: { search: { lag: 3, faults: 1, failing_since_ts: 7 } } };

        expect(followersOf(health)).toEqual([
            { name: 'search', lag: 3, faults: 1, failingSince: 7 },
        ]);
    });
});
