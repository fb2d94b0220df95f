import { describe, expect, test } from 'vitest';
import { ROOM_MENTION, write } from './markup.ts';

const html = (text: string) => write(text, []).formattedBody;

describe('what is typed', () => {
    test('plain text has no formatted body', () => {
        expect(html('Two * three, snake_case_name and 5 ~ 6')).toBeUndefined();
        expect(html('a < b & "c"\nnext line')).toBeUndefined();
    });

    test('marks around words become formatting, and the body keeps them', () => {
        const written = write('*Closed* from _noon_, ~not~ `now`', []);

        expect(written.body).toBe('*Closed* from _noon_, ~not~ `now`');
        expect(written.formattedBody).toBe(
            '<strong>Closed</strong> from <em>noon</em>, <del>not</del> <code>now</code>',
        );
    });

    test('marks nest, and a spoiler hides', () => {
        expect(html('*both _of_ them*')).toBe('<strong>both <em>of</em> them</strong>');
        expect(html('||the end||')).toBe('<span data-mx-spoiler>the end</span>');
    });

    test('an address keeps its underscores', () => {
        expect(html('see https://example.org/a_b_c *now*')).toBe(
            'see https://example.org/a_b_c <strong>now</strong>',
        );
    });

    test('what looks like HTML stays text', () => {
        expect(html('*<img src=x onerror=alert(1)>*')).toBe(
            '<strong>&#60;img src=x onerror=alert(1)&#62;</strong>',
        );
    });

    test('lines become lists, quotes and code', () => {
        expect(html('- salt\n- grit')).toBe('<ul><li>salt</li><li>grit</li></ul>');
        expect(html('3. c\n4. d')).toBe('<ol start="3"><li>c</li><li>d</li></ol>');
        expect(html('> so he said\nfine')).toBe('<blockquote>so he said</blockquote>fine');
        expect(html('```js\nlet a = 1;\n```')).toBe(
            '<pre><code class="language-js">let a = 1;\n</code></pre>',
        );
    });

    test('a year at the start of a line is no list', () => {
        expect(html('2026. It was cold')).toBeUndefined();
    });

    test('a mention names its person, and the longer name wins', () => {
        const written = write('@Ann Lee and @Ann, come', [
            { label: '@Ann', userId: '@ann:b' },
            { label: '@Ann Lee', userId: '@lee:b' },
            { label: '@Zoe', userId: '@zoe:b' },
        ]);

        expect(written.formattedBody).toBe(
            '<a href="https://matrix.to/#/%40lee%3Ab">Ann Lee</a> and ' +
                '<a href="https://matrix.to/#/%40ann%3Ab">Ann</a>, come',
        );
        expect(written.mentions).toEqual({ userIds: ['@ann:b', '@lee:b'], room: false });
    });

    test('everybody can be mentioned', () => {
        const written = write('@everyone: come', [{ label: '@everyone', userId: ROOM_MENTION }]);

        expect(written.mentions).toEqual({ userIds: [], room: true });
    });
});
