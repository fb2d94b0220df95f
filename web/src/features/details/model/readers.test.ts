import { describe, expect, it } from 'vitest';
import type { DetailedMember, DetailsSnapshot } from '../../../matrix/index.ts';
import { readersOf } from './readers.ts';

function member(name: string, part: Partial<DetailedMember> = {}): DetailedMember {
    return {
        id: `@${name}:westhaven.example`,
        name,
        tone: 0,
        membership: 'join',
        role: 'member',
        outside: false,
        own: false,
        can: { remove: false, setRole: false },
        ...part,
    };
}

function details(part: Partial<DetailsSnapshot>): DetailsSnapshot {
    return {
        ready: true,
        devicesReady: true,
        name: 'Quay',
        description: '',
        encrypted: true,
        access: 'invited',
        history: 'shared',
        servers: [],
        members: [],
        invited: [],
        asking: [],
        more: 0,
        can: {
            rename: false,
            describe: false,
            picture: false,
            invite: false,
            access: false,
            history: false,
        },
        ...part,
    };
}

const phone = { id: 'A', name: 'Phone', confirmed: true };
const newPhone = { id: 'B', name: 'New phone', confirmed: false };

describe('who can read', () => {
    it('counts only devices that are given keys, and names the others', () => {
        const ruth = member('ruth', { devices: [phone, newPhone] });

        const readers = readersOf(details({ members: [ruth] }));

        expect(readers.devices).toBe(1);
        expect(readers.unconfirmed).toEqual([{ owner: ruth, device: newPhone }]);
    });

    it('tells colleagues from people of other servers', () => {
        const members = [member('ruth'), member('elena', { outside: true })];

        const readers = readersOf(details({ members }));

        expect(readers.colleagues.map((one) => one.name)).toEqual(['ruth']);
        expect(readers.outside.map((one) => one.name)).toEqual(['elena']);
    });

    it('never says that nobody else reads what is not encrypted', () => {
        expect(readersOf(details({})).beyond).toBe('nobody');
        expect(readersOf(details({ encrypted: false })).beyond).toBe('server');
        expect(readersOf(details({ encrypted: false, history: 'anyone' })).beyond).toBe('anyone');
    });

    it('names the sealed archive where there is one', () => {
        const record = {
            archive: '@archive.1:westhaven.example',
            service: '@_chancery-records:westhaven.example',
            openings: [],
        };

        expect(readersOf(details({})).archive).toBe(false);
        expect(readersOf(details({ record })).archive).toBe(true);
    });

    it('does not give a figure of devices that it does not know', () => {
        expect(readersOf(details({ devicesReady: false })).devicesOf).toBe('none');
        expect(readersOf(details({ more: 40 })).devicesOf).toBe('some');
        expect(readersOf(details({ more: 40, members: [member('a')] })).people).toBe(41);
    });
});
