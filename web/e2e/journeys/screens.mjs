// The screens of the chat, each in every language, theme and at 320 px.
import assert from 'node:assert/strict';
import { requireAccessible } from '../lib/axe.mjs';
import { photo } from '../lib/photo.mjs';
import { talking } from './outbox.mjs';

export const short = false;
export const about = 'axe finds nothing on the screens of the chat; nothing scrolls sideways';

const LANGUAGES = ['nl', 'fr', 'de', 'en'];
const THEMES = ['light', 'dark'];

export async function play(world) {
    const { ruth, mara } = await talking(world);
    const bridge = await photo(mara.page, 'nothing');
    await mara.page
        .getByTestId('file-input')
        .setInputFiles([{ name: 'bridge.jpg', mimeType: 'image/jpeg', buffer: bridge }]);
    await mara.fill('Caption of bridge.jpg', 'Mill Bridge, closed until noon');
    await mara.click('Send 1 file');
    await mara.say('- ring road\n- *both* bridges');
    await ruth.message('ring road').waitFor();
    await ruth.press('ring road', 'r');
    await ruth.page.keyboard.type('Thank you. I tell the bus company.');
    await ruth.page.keyboard.press('Enter');
    await mara.reads('bus company');
    for (const language of LANGUAGES) {
        await ruth.page.evaluate((it) => localStorage.setItem('chancery.language', it), language);
        await ruth.page.reload();
        await ruth.reads('bus company');
        for (const theme of THEMES) {
            await ruth.page.emulateMedia({ colorScheme: theme });
            await screens(world, ruth.page, `${language}-${theme}`);
        }
    }
}

async function screens(world, page, suffix) {
    await look(world, page, `chat-${suffix}`);
    await page.locator('.msg').last().focus();
    await page.keyboard.press('Enter');
    await page.getByRole('menu').waitFor();
    await look(world, page, `message-menu-${suffix}`, false);
    await page.keyboard.press('Escape');
    await page.locator('.list-head .icon-btn.solid').click();
    await page.getByRole('dialog').waitFor();
    await look(world, page, `new-chat-${suffix}`);
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function look(world, page, name, narrow = true) {
    await requireAccessible(page, name);
    await page.screenshot({ path: `${world.pictures}/${name}.png` });
    if (!narrow) return;
    await page.setViewportSize({ width: 320, height: 720 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${name} is ${wide} px wide at 320`);
    await page.screenshot({ path: `${world.pictures}/${name}-320.png` });
    await page.setViewportSize({ width: 1280, height: 860 });
}
