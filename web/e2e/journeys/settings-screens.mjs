// The pages of the settings.
import { Screens, speakBySetting, to } from '../lib/screens.mjs';

export const short = false;
export const withinMs = 600_000;
export const about = 'axe finds nothing in the settings, in all languages and themes';

const PAGES = [
    'profile',
    'devices',
    'recovery',
    'notices',
    'look',
    'blocked',
    'lock',
    'keys',
    'about',
];

export async function play(world) {
    const screens = new Screens(world);
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    await world.tokenOf(ruth); // Another device, for the list of them.
    await ruth.page.goto(`${world.url}/#/settings`);
    await ruth.page.locator('.settings').waitFor();
    await screens.inAllLanguages(ruth.page, settings(), speakBySetting);
    screens.requireNone();
}

function settings() {
    const all = {
        settings: { open: (page) => shown(page, '#/settings', '.doors') },
        'sign-out': {
            open: async (page) => {
                await page.locator('.settings-body > .row button').click();
                await page.getByRole('dialog').waitFor();
            },
            close: shut,
        },
    };
    for (const name of PAGES) {
        all[`settings-${name}`] = {
            open: (page) => shown(page, `#/settings/${name}`, '.settings-body > *'),
        };
    }
    all['settings-devices'] = {
        open: (page) => shown(page, '#/settings/devices', '.settings-body .btn'),
    };
    all['new-code'] = {
        open: async (page) => {
            await shown(page, '#/settings/recovery', '.settings-body .btn');
            await page.locator('.settings-body .btn').first().click();
            await page.getByRole('dialog').waitFor();
        },
        close: shut,
    };
    all['sign-out-others'] = {
        open: async (page) => {
            await shown(page, '#/settings/devices', '.settings-body .btn');
            await page.locator('.settings-body .btn').last().click();
            await page.getByRole('dialog').waitFor();
        },
        close: shut,
    };
    return all;
}

async function shown(page, hash, ready) {
    await to(page, hash);
    await page.locator(ready).first().waitFor();
}

async function shut(page) {
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
}
