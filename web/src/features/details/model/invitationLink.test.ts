import { describe, expect, it } from 'vitest';
import { parseRoute } from '../../../ui/route.ts';
import { linkInto, readLink } from './invitationLink.ts';

describe('a link into a chat', () => {
    it('leads to this server, and nothing of it is sent to a server by a browser', () => {
        const link = linkInto('https://chat.example', '!a/b:example', ['example', 'b.example']);

        expect(link).toBe('https://chat.example/#/join/!a%2Fb%3Aexample?via=example&via=b.example');
    });

    it('is read as it was written', () => {
        const link = new URL(linkInto('https://chat.example', '!a/b:example', ['x.example']));

        const { path, query } = parseRoute(link.hash);

        expect(readLink(path, query)).toEqual({ chatId: '!a/b:example', via: ['x.example'] });
    });

    it('that names no chat is none', () => {
        expect(readLink(['join', 'javascript:alert(1)'], new URLSearchParams())).toBeUndefined();
        expect(readLink(['chat', '!a:b'], new URLSearchParams())).toBeUndefined();
    });
});
