import { describe, expect, test } from 'vitest';
import { cut, isJumbo, linkify, plainName, readHtml, readPlain, textOf } from './safeHtml.ts';

const kinds = (html: string) => JSON.stringify(readHtml(html));

describe('hostile HTML', () => {
    test.each([
        '<script>alert(1)</script>',
        '<style>*{display:none}</style>',
        '<svg><script>alert(1)</script></svg>',
        '<iframe srcdoc="<b>x</b>"></iframe>',
        '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
        '<textarea><img src=x onerror=alert(1)></textarea>',
        '<template><b>x</b></template>',
        '<!-- <b>x</b> -->',
    ])('%s leaves no element behind', (html) => {
        expect(kinds(html)).not.toMatch(/onerror|script|style|"b"/);
    });

    test('attributes do not survive', () => {
        expect(readHtml('<b onclick="x()" style="color:red" class=y>hi</b>')).toEqual([
            { kind: 'element', tag: 'b', children: [{ kind: 'text', text: 'hi' }] },
        ]);
    });

    test('an image is its words, never a request', () => {
        expect(readHtml('<img src="https://spy.example/p.gif" alt="a cat">')).toEqual([
            { kind: 'text', text: 'a cat' },
        ]);
    });

    test.each([
        'javascript:alert(1)',
        ' JaVaScRiPt:alert(1)',
        'data:text/html,x',
        'vbscript:x',
        '//x.example',
        'https://a@b.example',
    ])('a link to %s is only its text', (href) => {
        expect(readHtml(`<a href="${href}">go</a>`)).toEqual([{ kind: 'text', text: 'go' }]);
    });

    test('a link that names another host is told', () => {
        const link = (html: string) => readHtml(html)[0] as { deceptive?: boolean };

        expect(link('<a href="https://evil.example/">https://bank.example</a>').deceptive).toBe(
            true,
        );
        expect(link('<a href="https://bank.example/x">www.bank.example</a>').deceptive).toBe(false);
        expect(link('<a href="https://evil.example/">the plan</a>').deceptive).toBe(false);
    });

    test('names of object properties are no tags', () => {
        expect(readHtml('<constructor>a</constructor><__proto__>b</__proto__>')).toEqual(
            expect.not.arrayContaining([expect.objectContaining({ kind: 'element' })]),
        );
    });

    test('depth and number have an end', () => {
        const deep = `${'<b>'.repeat(10_000)}x${'</b>'.repeat(10_000)}`;
        const many = '<br>'.repeat(100_000);

        expect(JSON.stringify(readHtml(deep)).length).toBeLessThan(400_000);
        expect(readHtml(many).length).toBeLessThanOrEqual(4_000);
    });

    test('unclosed and crossed tags still end', () => {
        expect(textOf(readHtml('<b>a<i>b</b>c</i><a href="x'))).toContain('abc');
        expect(textOf(readHtml('1 < 2 and 3 > 2'))).toBe('1 < 2 and 3 > 2');
    });
});

describe('what is allowed', () => {
    test('the fallback of a reply goes with what it holds', () => {
        expect(textOf(readHtml('<mx-reply><blockquote>old</blockquote></mx-reply>new'))).toBe(
            'new',
        );
    });

    test('a mention, a spoiler, code and a list keep their meaning', () => {
        expect(readHtml('<a href="https://matrix.to/#/@ann:x.org">Ann</a>')[0]).toMatchObject({
            kind: 'mention',
            userId: '@ann:x.org',
        });
        expect(readHtml('<span data-mx-spoiler="end">he dies</span>')[0]).toMatchObject({
            kind: 'spoiler',
            reason: 'end',
        });
        expect(readHtml('<pre><code class="language-js">a\n  b</code></pre>')[0]).toMatchObject({
            tag: 'pre',
            children: [{ tag: 'code', language: 'js', children: [{ text: 'a\n  b' }] }],
        });
        expect(readHtml('<ol start="4"><li>a<li>b</ol>')[0]).toMatchObject({
            tag: 'ol',
            start: 4,
            children: [{ tag: 'li' }, { tag: 'li' }],
        });
    });

    test('entities are read once', () => {
        expect(textOf(readHtml('&lt;b&gt; &amp;amp; &#x1F642; &unknown; &constructor;'))).toBe(
            '<b> &amp; 🙂 &unknown; &constructor;',
        );
    });
});

describe('text', () => {
    test('addresses become links without the stop after them', () => {
        expect(linkify('see https://a.example/x_(y). Or www.b.example!')).toMatchObject([
            { text: 'see ' },
            { href: 'https://a.example/x_(y)' },
            { text: '. Or ' },
            { href: 'https://www.b.example/' },
            { text: '!' },
        ]);
    });

    test('direction tricks leave names', () => {
        expect(plainName('invoice\u202efdp.exe')).toBe('invoicefdp.exe');
        expect(plainName('two\nlines')).toBe('two lines');
    });

    test('a long message is cut, a short one is not', () => {
        expect(cut(readPlain('word '.repeat(2_000)), 1_000, 30).folded).toBe(true);
        expect(cut(readPlain('line\n'.repeat(200)), 1_000_000, 30).folded).toBe(true);
        expect(cut(readPlain('short'), 1_000, 30)).toEqual({
            nodes: [{ kind: 'text', text: 'short' }],
            folded: false,
        });
    });

    test('only a few emoji alone are large', () => {
        expect(isJumbo('👍🏽')).toBe(true);
        expect(isJumbo('👩‍👩‍👧 🇳🇱')).toBe(true);
        expect(isJumbo('👍👍👍👍')).toBe(false);
        expect(isJumbo('12')).toBe(false);
        expect(isJumbo('ok 👍')).toBe(false);
    });
});
