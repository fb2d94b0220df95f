import { describe, expect, it } from 'vitest';
import { caption, formatted, kindOf, mediaOf, mentionsOf, plainText } from './content.ts';

const reply = { 'm.relates_to': { 'm.in_reply_to': { event_id: '$x' } } };

describe('the words of a message', () => {
    it('come without the quoted part of a reply', () => {
        const body = '> <@a:x> first\n> second\n\nthe answer';

        expect(plainText({ body, ...reply })).toBe('the answer');
    });

    it('keep a quotation that somebody typed', () => {
        expect(plainText({ body: '> as you said\nyes' })).toBe('> as you said\nyes');
    });

    it('are none where the body is no text', () => {
        expect(plainText({ body: 5 })).toBe('');
    });

    it('are formatted only in the format of the specification', () => {
        const html = { formatted_body: '<b>x</b>' };

        expect(formatted({ format: 'text/evil', ...html })).toBeUndefined();
        expect(formatted({ format: 'org.matrix.custom.html', ...html })).toBe('<b>x</b>');
    });

    it('drop the quoted part of formatted replies', () => {
        const formatted_body = '<mx-reply><blockquote>q</blockquote></mx-reply>answer';

        expect(formatted({ format: 'org.matrix.custom.html', formatted_body })).toBe('answer');
    });
});

describe('a file', () => {
    it('has a caption only beside a name', () => {
        expect(caption({ body: 'a.png' })).toBe('');
        expect(caption({ body: 'Mill Bridge', filename: 'a.png' })).toBe('Mill Bridge');
        expect(caption({ body: 'a.png', filename: 'a.png' })).toBe('');
    });

    it('without an address is nothing that can be shown', () => {
        expect(kindOf({ msgtype: 'm.image', body: 'a.png' })).toBe('unknown');
        expect(kindOf({ msgtype: 'm.image', body: 'a', url: 'https://x/y' })).toBe('unknown');
        expect(kindOf({ msgtype: 'm.image', body: 'a', url: 'mxc://x/y' })).toBe('image');
    });

    it('has no measures that are nonsense', () => {
        const media = mediaOf({
            url: 'mxc://x/y',
            info: { w: -4, h: 1e9, size: 'many', mimetype: 7 },
        });

        expect(media).toMatchObject({ width: undefined, height: undefined, size: undefined });
        expect(media?.mime).toBe('application/octet-stream');
    });

    it('has a name without signs that turn it round or lead elsewhere', () => {
        const name = 'in\u202egnp.exe/../x';

        expect(mediaOf({ url: 'mxc://x/y', body: name })?.name).toBe('in gnp.exe .. x');
    });

    it('that is a voice note is one', () => {
        const content = {
            msgtype: 'm.audio',
            url: 'mxc://x/y',
            'org.matrix.msc3245.voice': {},
            'org.matrix.msc1767.audio': { waveform: [0, 512, 4096, 'x'] },
        };

        expect(kindOf(content)).toBe('voice');
        expect(mediaOf(content)?.waveform).toEqual([0, 0.5, 1, 0]);
    });
});

describe('mentions', () => {
    it('are ids and nothing else', () => {
        const content = { 'm.mentions': { user_ids: ['@a:x', 5, null], room: 'yes' } };

        expect(mentionsOf(content as never)).toEqual({ people: ['@a:x'], all: false });
    });
});
