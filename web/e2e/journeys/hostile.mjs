// What other clients, or somebody with bad intentions, may send.
import assert from 'node:assert/strict';
import { ask } from '../../../e2e/lib/http.mjs';
import { talking } from './outbox.mjs';

export const short = true;
export const about =
    'hostile HTML, tricks of direction, huge and unknown messages are shown safely';

const EVIL = [
    '<img src=x onerror="globalThis.pwned = 1">',
    '<svg onload="globalThis.pwned = 1"><script>globalThis.pwned = 1</script></svg>',
    '<a href="javascript:globalThis.pwned = 1">press me</a>',
    '<style>* { display: none !important }</style>',
    '<form action="/"><input name=password></form>',
    '<b>bold as it should be</b>',
    '<a href="https://evil.example/">https://bank.example/</a>',
];

export async function play(world) {
    const { mara } = await talking(world);
    const token = await world.tokenOf(mara);
    const chat = await world.plainChat(mara, 'Odd things');
    let n = 0;
    const send = (type, content) => {
        const way = `${encodeURIComponent(chat)}/send/${type}/odd${n++}`;
        const url = `${world.url}/_matrix/client/v3/rooms/${way}`;
        return ask('PUT', url, { token, json: content });
    };
    await send('m.room.message', {
        msgtype: 'm.text',
        body: 'evil',
        format: 'org.matrix.custom.html',
        formatted_body: EVIL.join('\n'),
    });
    await send('m.room.message', { msgtype: 'm.text', body: 'word '.repeat(10_000) });
    await send('m.room.message', { msgtype: 'm.image', body: 'broken', url: 'mxc://x/none' });
    await send('m.room.message', { msgtype: 'com.example.odd', body: 'an odd one' });
    await send('com.example.unheard', { body: 'unheard' });
    await send('m.room.message', { body: 7, msgtype: [] });
    const trick = { msgtype: 'm.file', body: 'invoice\u202efdp.exe', url: 'mxc://x/none' };
    await send('m.room.message', trick);
    await send('m.room.message', { msgtype: 'm.text', body: 'still here' });

    await mara.page.goto(`${world.url}/#/chat/${encodeURIComponent(chat)}`);
    await mara.reads('still here');
    await mara.page.getByText(/invoice ?fdp\.exe/).waitFor();
    await mara.page.locator('[data-message][tabindex="0"]').focus();
    await mara.page.keyboard.press('Home');
    await mara.page.locator('strong', { hasText: 'bold as it should be' }).waitFor();
    await mara.page.getByText('(evil.example)').waitFor();
    await mara.click('Show the whole message');
    await mara.button('Show less').waitFor();
    assert.equal(await mara.page.evaluate(() => globalThis.pwned), undefined);
    const found = await mara.page
        .locator('.bubble')
        .evaluateAll(
            (bubbles) =>
                bubbles.flatMap((it) => [
                    ...it.querySelectorAll('script, style, form, svg[onload]'),
                ]).length,
        );
    assert.equal(found, 0);
    assert.equal(await mara.page.locator('.bubble a[href^="javascript"]').count(), 0);
}
