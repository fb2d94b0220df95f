import { afterEach, describe, expect, it, vi } from 'vitest';
import { Files, harmlessType } from './media.ts';
import type { Tokens } from './tokens.ts';

describe('a file of a kept chat', () => {
    afterEach(() => {
        vi.useRealTimers();
    });

    function answering(...statuses: (number | 'offline')[]): { files: Files; asked: string[] } {
        const asked: string[] = [];
        const fetch = async (path: string, init: RequestInit) => {
            asked.push(`${init.method} ${path}`);
            const status = statuses.shift() ?? 200;
            if (status === 'offline') throw new TypeError('no line');
            return new Response('{}', { status });
        };
        return { files: new Files({ fetch } as unknown as Tokens), asked };
    }

    it('is linked to it by its address', async () => {
        const { files, asked } = answering(200);

        await files.link('mxc://example.org/abc', '!room:x');

        expect(asked).toEqual(['PUT /_chancery/client/v1/rooms/!room%3Ax/attachments/abc']);
    });

    it('is linked again when the line was away, a few times', async () => {
        vi.useFakeTimers();
        const { files, asked } = answering('offline', 503, 'offline', 200);

        const linking = files.link('mxc://example.org/abc', '!room');
        await vi.runAllTimersAsync();
        await linking;

        expect(asked).toHaveLength(3);
    });

    it('goes without where the server refuses', async () => {
        const { files, asked } = answering(404);

        await files.link('mxc://example.org/abc', '!room');

        expect(asked).toHaveLength(1);
    });
});

describe('the type of an opened file', () => {
    it('is kept where nothing of it runs', () => {
        expect(harmlessType('image/PNG')).toBe('image/png');
        expect(harmlessType('audio/ogg; codecs=opus')).toBe('audio/ogg');
    });

    it('is bytes where it might run script', () => {
        for (const type of ['image/svg+xml', 'text/html', 'application/pdf', '', 'x']) {
            expect(harmlessType(type)).toBe('application/octet-stream');
        }
    });
});

describe('the address of a small picture', () => {
    const files = new Files(undefined as unknown as Tokens);

    it('is on the own server', () => {
        expect(files.thumbnailUrl('mxc://example.org/abc', 44, 44)).toMatch(
            /^\/_matrix\/client\/v1\/media\/thumbnail\/example\.org\/abc\?width=44/,
        );
    });

    it('is none for what is no address of a file', () => {
        expect(files.thumbnailUrl('https://evil.example/x.png', 44, 44)).toBeUndefined();
        expect(files.thumbnailUrl('mxc://a/../../x', 44, 44)).toBeUndefined();
        expect(files.thumbnailUrl(undefined, 44, 44)).toBeUndefined();
    });
});
