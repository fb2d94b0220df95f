// A photo and a document with captions, and a voice note.
import assert from 'node:assert/strict';
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
    await mara.page.getByRole('timer').waitFor();
    await mara.page.waitForTimeout(1_500);
    await mara.click('Send the voice note');
    await ruth.page.getByRole('button', { name: /^Play the voice note/ }).click();
    await ruth.button('Pause').waitFor();

    // In a chat without encryption one sees what leaves the browser.
    const sent = mara.page.waitForRequest((it) => it.url().includes('/media/v3/upload'));
    await mara.page.goto(`${world.url}/#/chat/${encodeURIComponent(plain)}`);
    await mara.page.getByRole('heading', { name: /^Notice board/ }).waitFor();
    await mara.page
        .getByTestId('file-input')
        .setInputFiles([{ name: 'bridge.jpg', mimeType: 'image/jpeg', buffer: bridge }]);
    await mara.click('Send 1 file');
    const body = (await sent).postDataBuffer();
    assert.ok(body && !body.includes(SECRET) && !body.includes('Exif'), 'the place is gone');
}
