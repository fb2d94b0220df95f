// Stars, pins, forwarding, and several messages at once.
import assert from 'node:assert/strict';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'star, pin, forward to another chat, choose several and copy them';

export async function play(world) {
    const { ruth, mara } = await talking(world);
    const board = await world.plainChat(mara, 'Notice board');
    await mara.say('Salt for two nights');
    await ruth.reads('Salt for two nights');

    await ruth.act('Salt for two nights', 'Star');
    await ruth.page.getByRole('link', { name: 'Starred' }).click();
    const starred = ruth.page.getByRole('region', { name: 'Starred' });
    await starred.getByRole('link', { name: /Salt for two nights/ }).click();
    await ruth.reads('Salt for two nights');

    await mara.act('Salt for two nights', 'Pin for everyone');
    await ruth.page.getByRole('button', { name: /^Pinned/ }).waitFor();

    await mara.act('Salt for two nights', 'Forward');
    const dialog = mara.page.getByRole('dialog', { name: 'Forward' });
    await dialog.getByRole('checkbox', { name: /Notice board/ }).check();
    await dialog.getByText('is not encrypted').waitFor();
    await mara.click('Forward to 1 chat');
    await mara.sees('Forwarded.');
    await mara.page.goto(`${world.url}/#/chat/${encodeURIComponent(board)}`);
    await mara.message('Salt for two nights').getByText('Forwarded').waitFor();
    await mara.page.goBack();

    await mara.message('Hello Ruth').focus();
    await mara.page.keyboard.press(' ');
    await mara.message('Salt for two nights').click();
    await mara.sees('2 chosen');
    await mara.click('Copy the text');
    await mara.sees('Copied.');
    const copied = await mara.page.evaluate(() => navigator.clipboard.readText());
    assert.match(copied, /Mara Jansen: Hello Ruth\n.*Mara Jansen: Salt for two nights/);
}
