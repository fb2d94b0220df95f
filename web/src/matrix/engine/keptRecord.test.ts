import { MatrixEvent, RoomState } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { keepsTheRecord, keptRecordOf } from './keptRecord.ts';

const SERVICE = '@_chancery-records:westhaven.example';
const ARCHIVE = '@archive.1:westhaven.example';

function state(sender: string, ...more: MatrixEvent[]): RoomState {
    const room = new RoomState('!a');
    room.setStateEvents([
        event(sender, 'm.room.create', '', { 'org.chancery.archive_user': ARCHIVE }),
        event(sender, 'org.chancery.room_class', '', { class: 'work' }),
        ...more,
    ]);
    return room;
}

function event(sender: string, type: string, state_key: string, content: object): MatrixEvent {
    const event_id = `$${type}${state_key}`;
    return new MatrixEvent({ type, state_key, content, sender, room_id: '!a', event_id });
}

describe('a kept chat', () => {
    it('is one that the records service made, with what members were told', () => {
        const content = { article: 'article 5', from: 1, until: 2 };
        const told = event(SERVICE, 'org.chancery.case_notice', 'c', content);
        const lie = event('@eve:x', 'org.chancery.case_notice', 'd', content);

        const record = keptRecordOf(state(SERVICE, told, lie));

        expect(record).toEqual({
            archive: ARCHIVE,
            service: SERVICE,
            openings: [{ id: 'c', article: 'article 5', from: 1, until: 2 }],
        });
        expect(keepsTheRecord(record, ARCHIVE)).toBe(true);
        expect(keepsTheRecord(record, SERVICE)).toBe(true);
        expect(keepsTheRecord(record, '@mara:westhaven.example')).toBe(false);
    });

    it('hides nobody else who is called as its service is', () => {
        const record = keptRecordOf(state(SERVICE));

        expect(keepsTheRecord(record, '@_chancery-records:elsewhere.example')).toBe(false);
        expect(keepsTheRecord(record, `${SERVICE}:8448`)).toBe(false);
    });

    it('is not one that somebody only calls so', () => {
        expect(keptRecordOf(state('@eve:westhaven.example'))).toBeUndefined();
        expect(keptRecordOf(new RoomState('!a'))).toBeUndefined();
        expect(keepsTheRecord(undefined, SERVICE)).toBe(false);
    });
});
