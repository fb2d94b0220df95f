import { describe, expect, it } from 'vitest';
import type { FedMessage } from '../../../matrix/index.ts';
import { linkIn, MessageIndex } from './messageIndex.ts';

const chatId = '!quay:westhaven.example';

function message(id: string, text: string, part: Partial<FedMessage> = {}): FedMessage {
    return {
        chatId,
        id,
        time: Number(id.slice(1)) || 1,
        senderId: '@ruth:westhaven.example',
        senderName: 'Ruth Adeyemi',
        kind: 'text',
        text,
        ...part,
    };
}

function index(...messages: FedMessage[]): MessageIndex {
    const made = new MessageIndex(100);
    for (const put of messages) made.take({ put });
    return made;
}

const ids = (found: { messages: readonly FedMessage[] }) => found.messages.map(({ id }) => id);

describe('the index', () => {
    it('finds by words, the newest first, in one chat or in all', () => {
        const held = index(
            message('$1', 'the quay'),
            message('$2', 'a quay', { chatId: '!other:x' }),
            message('$3', 'nothing'),
        );

        expect(ids(held.find({ words: 'quay', limit: 10 }))).toEqual(['$2', '$1']);
        expect(ids(held.find({ words: 'quay', chatId, limit: 10 }))).toEqual(['$1']);
        expect(held.find({ words: 'quay', limit: 1 }).total).toBe(2);
        expect(held.find({ words: ' ', limit: 10 }).total).toBe(0);
    });

    it('finds by the name of a file and of who sent it', () => {
        const media = { mxc: 'mxc://x/y', mime: 'application/pdf', name: 'Traffic plan.pdf' };
        const held = index(message('$1', '', { kind: 'file', media }));

        expect(ids(held.find({ words: 'traffic adeyemi', limit: 10 }))).toEqual(['$1']);
    });

    it('forgets what was deleted', () => {
        const held = index(message('$1', 'quay'));

        held.take({ drop: { chatId, id: '$1' } });

        expect(held.size).toBe(0);
    });

    it('has the last words of an edited message, whichever came first', () => {
        const edit = {
            chatId,
            id: '$1',
            senderId: '@ruth:westhaven.example',
            time: 9,
            text: 'berth',
        };
        const [after, before] = [index(message('$1', 'quay')), new MessageIndex(10)];

        after.take({ edit });
        before.take({ edit });
        before.take({ put: message('$1', 'quay') });
        before.take({ put: message('$1', 'quay') });

        for (const held of [after, before]) {
            expect(held.find({ words: 'quay', limit: 1 }).total).toBe(0);
            expect(held.find({ words: 'berth', limit: 1 }).total).toBe(1);
        }
    });

    it('takes other words only from who wrote the message', () => {
        const edit = { chatId, id: '$1', senderId: '@mallory:x', time: 9, text: 'forged' };
        const [after, before] = [index(message('$1', 'quay')), new MessageIndex(10)];

        after.take({ edit });
        before.take({ edit });
        before.take({ put: message('$1', 'quay') });

        for (const held of [after, before]) {
            expect(held.find({ words: 'forged', limit: 1 }).total).toBe(0);
        }
    });

    it('says when there is nothing new', () => {
        const held = index(message('$1', 'quay'));

        expect(held.take({ put: message('$1', 'quay') })).toBe(false);
        expect(held.take({ put: message('$1', 'unlocked') })).toBe(true);
    });

    it('lets the oldest go when it is full', () => {
        const held = new MessageIndex(10);

        for (let n = 1; n <= 30; n++) held.take({ put: message(`$${n}`, 'quay') });

        expect(held.size).toBeLessThanOrEqual(10);
        expect(ids(held.find({ words: 'quay', limit: 1 }))).toEqual(['$30']);
    });

    it('is the same after it was written down and read again', () => {
        const held = index(message('$1', 'quay'), message('$2', 'berth'));
        const again = new MessageIndex(100);

        for (const fed of held.all()) again.take(fed);

        expect(again.find({ words: 'adeyemi', limit: 10 })).toEqual(
            held.find({ words: 'adeyemi', limit: 10 }),
        );
    });

    it('does not go back to the first words of a message when it was written down', () => {
        const held = index(message('$1', 'quay'));
        const senderId = '@ruth:westhaven.example';
        held.take({ edit: { chatId, id: '$1', senderId, time: 9, text: 'berth' } });
        const again = new MessageIndex(100);

        for (const fed of held.all()) again.take(fed);
        again.take({ put: message('$1', 'quay') });

        expect(again.find({ words: 'berth', limit: 1 }).total).toBe(1);
    });
});

describe('the shelves of a chat', () => {
    it('hold pictures, links and files', () => {
        const held = index(
            message('$1', '', { kind: 'image' }),
            message('$2', 'see https://westhaven.example/a.'),
            message('$3', '', { kind: 'file' }),
            message('$4', 'plain'),
        );

        expect(held.shelf(chatId, 'media', 9).map(({ id }) => id)).toEqual(['$1']);
        expect(held.shelf(chatId, 'links', 9).map(({ id }) => id)).toEqual(['$2']);
        expect(held.shelf(chatId, 'files', 9).map(({ id }) => id)).toEqual(['$3']);
    });

    it('take the link of a text without the full stop after it', () => {
        expect(linkIn('see (https://westhaven.example/a?b=1).')).toBe(
            'https://westhaven.example/a?b=1',
        );
        expect(linkIn('javascript:alert(1)')).toBeUndefined();
    });
});
