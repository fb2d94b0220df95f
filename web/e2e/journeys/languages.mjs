// Every screen before and right after the sign-in: four languages, two themes, axe, no sideways
// scroll at 320 px.
import assert from 'node:assert/strict';
import { requireAccessible } from '../lib/axe.mjs';

export const short = false;
export const about = 'axe finds nothing, in four languages and two themes, wide and narrow';

const LANGUAGES = ['en', 'nl', 'fr', 'de'];
const THEMES = ['light', 'dark'];

export async function play(world) {
    const ruth = await world.administrator();
    const code = await ruth.keepCode();
    assert.match(code, /\w{4} /);
    await ruth.home();
    const link = await world.inviteLink(ruth);
    const screens = {
        'sign-in': `${world.url}/#/`,
        invited: link,
        'used-link': `${world.url}/#/register?token=x`,
        reset: `${world.url}/#/reset?token=x`,
    };
    for (const theme of THEMES) {
        for (const language of LANGUAGES) {
            const page = await world.newPage({ locale: language, theme });
            for (const [name, address] of Object.entries(screens)) {
                await page.goto('about:blank');
                await page.goto(address);
                await page.locator('h1').waitFor();
                await look(world, page, `${name}-${language}-${theme}`);
            }
            await page.close();
        }
        await ruth.page.emulateMedia({ colorScheme: theme });
        await look(world, ruth.page, `empty-en-${theme}`);
    }
}

async function look(world, page, name) {
    await requireAccessible(page, name);
    await page.screenshot({ path: `${world.pictures}/${name}.png` });
    await page.setViewportSize({ width: 320, height: 720 });
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.ok(wide <= 320, `${name} is ${wide} px wide at 320`);
    await page.setViewportSize({ width: 1280, height: 860 });
}
