import { EventType, type MatrixEvent, type RoomState } from 'matrix-js-sdk';
import type { KeptRecord, Opening } from '../details.ts';

const CLASS = 'org.chancery.room_class';
const ARCHIVE = 'org.chancery.archive_user';
const NOTICE = 'org.chancery.case_notice';
const SERVICE = '@_chancery-records:';
const OPENINGS_MAX = 20;

function openingOf(event: MatrixEvent): Opening {
    const { article, from, until } = event.getContent();
    return {
        id: event.getStateKey() ?? '',
        article: typeof article === 'string' ? article : '',
        from: typeof from === 'number' ? from : 0,
        until: typeof until === 'number' ? until : 0,
    };
}

/**
 * How a chat is kept. Only what the records service of a server has made is believed: anybody can
 * write the same words into a chat of their own.
 */
export function keptRecordOf(state: RoomState): KeptRecord | undefined {
    const made = state.getStateEvents(EventType.RoomCreate, '');
    const archive: unknown = made?.getContent()[ARCHIVE];
    const kept = state.getStateEvents(CLASS, '');
    const service = made?.getSender();
    if (
        typeof archive !== 'string' ||
        !service?.startsWith(SERVICE) ||
        kept?.getSender() !== service
    ) {
        return undefined;
    }
    const openings = state
        .getStateEvents(NOTICE)
        .filter((event) => event.getSender() === service)
        .sort((a, b) => b.getTs() - a.getTs())
        .slice(0, OPENINGS_MAX)
        .map(openingOf);
    return { archive, service, openings };
}

/** Whether a member of a kept chat is no person: the archive, or the service that made it. */
export function keepsTheRecord(record: KeptRecord | undefined, userId: string): boolean {
    return record !== undefined && (userId === record.archive || userId === record.service);
}
