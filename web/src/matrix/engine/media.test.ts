import { describe, expect, it } from 'vitest';
import { Files, harmlessType } from './media.ts';
import type { Tokens } from './tokens.ts';

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
