// The whole of it without a pointer.
import assert from 'node:assert/strict';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'find, open, write, choose and delete with keys alone';

export async function play(world) {
    const { ruth, mara } = await talking(world);
    const { keyboard } = mara.page;
    const focused = () => mara.page.evaluate(() => document.activeElement?.outerHTML.slice(0, 200));

    await keyboard.press('Control+k');
    assert.match((await focused()) ?? '', /type="search"/);
    await keyboard.type('Ruth');
    await keyboard.press('Tab');
    assert.match((await focused()) ?? '', /data-chat/);
    await keyboard.press('Enter');
    await mara.composer.focus();
    await keyboard.type('Written with keys');
    await keyboard.press('Enter');
    await ruth.reads('Written with keys');

    await keyboard.press('F6');
    await keyboard.press('Shift+F6');
    await mara.message('Written with keys').focus();
    await keyboard.press('ArrowUp');
    assert.match((await focused()) ?? '', /Hello Mara/);
    await keyboard.press('ArrowDown');
    await keyboard.press('Shift+F10');
    await mara.page.getByRole('menu').waitFor();
    await keyboard.press('Escape');
    await mara.page.getByRole('menu').waitFor({ state: 'detached' });
    assert.match((await focused()) ?? '', /data-message/, 'the menu gives the focus back');
    await keyboard.press('Enter');
    await mara.page.getByRole('menuitem', { name: 'Delete for everyone' }).focus();
    await keyboard.press('Enter');
    await mara.button('Undo').focus();
    await keyboard.press('Enter');
    await mara.reads('Written with keys');

    // Nothing in the conversation but one message is in the order of Tab.
    const stops = await mara.page
        .locator('.messages')
        .evaluate((list) => list.querySelectorAll('[data-message][tabindex="0"]').length);
    assert.equal(stops, 1);
}
