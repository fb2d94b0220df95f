// A photo and a document with captions, and a voice note.
import assert from 'node:assert/strict';
import { ask } from '../../../e2e/lib/http.mjs';
import { photo } from '../lib/photo.mjs';
import { talking } from './outbox.mjs';

export const short = true;
export const about = 'send a photo, a document and a voice note; nothing hidden stays in the photo';

const SECRET = 'GPS 52.0907 N 5.1214 E';

export async function play(world) {
    const { ruth, mara } = await talking(world);
    const bridge = await photo(mara.page, SECRET);
    assert.ok(bridge.includes(SECRET), 'the photo has something to hide');
    const plain = await world.plainChat(mara, 'Notice board');

    await mara.page.getByTestId('file-input').setInputFiles([
        { name: 'bridge.jpg', mimeType: 'image/jpeg', buffer: bridge },
        { name: 'routes.txt', mimeType: 'text/plain', buffer: Buffer.from('Route 12') },
    ]);
    await mara.fill('Caption of bridge.jpg', 'Mill Bridge');
    await mara.click('Send 2 files');
    const shown = ruth.message('Mill Bridge').locator('img.pic');
    await shown.waitFor();
    assert.equal(await shown.evaluate((img) => img.decode().then(() => img.naturalWidth)), 640);
    const saved = ruth.page.waitForEvent('download');
    await ruth.message('routes.txt').getByRole('button', { name: 'Download routes.txt' }).click();
    assert.equal((await saved).suggestedFilename(), 'routes.txt');
    await ruth
        .message('Mill Bridge')
        .getByRole('button', { name: /^Open the photo/ })
        .click();
    await ruth.page.getByRole('dialog').locator('img').waitFor();
    await ruth.page.keyboard.press('Escape');

    await mara.click('Record a voice note');
    await mara.page.getByRole('timer').filter({ hasText: '0:01' }).waitFor();
    await mara.click('Send the voice note');
    await ruth.page.getByRole('button', { name: /^Play the voice note/ }).click();
    await ruth.button('Pause').waitFor();

    // In a chat without encryption one sees what left the browser.
    await mara.page.goto(`${world.url}/#/chat/${encodeURIComponent(plain)}`);
    await mara.page.getByRole('heading', { name: /^Notice board/ }).waitFor();
    await mara.page
        .getByTestId('file-input')
        .setInputFiles([{ name: 'bridge.jpg', mimeType: 'image/jpeg', buffer: bridge }]);
    await mara.click('Send 1 file');
    await mara.page.locator('.msg.own img.pic').waitFor();
    const left = await lastFile(world, mara, plain);
    assert.equal(left.subarray(0, 2).toString('hex'), 'ffd8', 'it is a photo still');
    assert.ok(!left.includes(SECRET) && !left.includes('Exif'), 'the place is gone');
}

/** The bytes of the file that was sent to a chat last. */
async function lastFile(world, person, chat) {
    const token = await world.tokenOf(person);
    const client = `${world.url}/_matrix/client`;
    const way = `/v3/rooms/${encodeURIComponent(chat)}/messages?dir=b&limit=1`;
    const { chunk } = await ask('GET', client + way, { token });
    const at = chunk[0].content.url.replace('mxc://', '');
    const headers = { authorization: `Bearer ${token}` };
    const answer = await fetch(`${client}/v1/media/download/${at}`, { headers });
    return Buffer.from(await answer.arrayBuffer());
}
