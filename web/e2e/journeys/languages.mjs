// The screens before the chats: set-up, sign-in, links, the code, the confirmation of a device, the
// lock, and what is shown when something is wrong.

import { ask } from '../../../e2e/lib/http.mjs';
import { until } from '../../../e2e/lib/time.mjs';
import { Screens, to } from '../lib/screens.mjs';

const WITHIN_MS = 20_000;
const NUMBER = '48213';

export const short = false;
export const withinMs = 600_000;
export const about =
    'axe finds nothing on the screens before the chats, in all languages and themes';

export async function play(world) {
    const screens = new Screens(world);
    await links(world, screens);
    const ruth = world.people[0];
    await lock(world, ruth, screens);
    await broken(world, ruth, screens);
    await devices(world, ruth, screens);
    screens.requireNone();
}

async function links(world, screens) {
    const setUp = await world.setUpLink();
    const someone = await world.newPage();
    await someone.goto(setUp);
    await someone.locator('input').first().waitFor();
    await screens.here(someone, 'set-up');

    const ruth = await world.administrator();
    await ruth.sees('One code, for one bad day');
    await screens.here(ruth.page, 'recovery-code');
    await ruth.keepCode();
    await ruth.home();
    const token = await world.tokenOf(ruth);
    const user = encodeURIComponent(`@${ruth.userName}:localhost`);
    const path = `/_chancery/admin/v1/users/${user}/password_reset`;
    const { link } = await ask('POST', world.url + path, { token, json: {} });
    const form = (address) => ({
        open: async (page) => {
            await page.goto('about:blank');
            await page.goto(address);
            await page.locator('form input').first().waitFor();
        },
    });
    const letter = (address) => ({
        open: async (page) => {
            await page.goto('about:blank');
            await page.goto(address);
            await page.locator('h1').waitFor();
        },
    });
    await screens.inAllLanguages(someone, {
        'sign-in': form(`${world.url}/#/`),
        'sign-in-empty': {
            open: async (page) => {
                await page.locator('button[type=submit]').click();
                await page.locator('[aria-invalid="true"]').first().waitFor();
            },
        },
        invited: form(await world.inviteLink(ruth)),
        'used-link': letter(`${world.url}/#/register?token=x`),
        'new-password': form(`${world.url}/${new URL(link).hash}`),
        'used-password-link': letter(`${world.url}/#/reset?token=x`),
    });
    const old = await world.newPage();
    await old.addInitScript(() => {
        Object.defineProperty(Promise, 'withResolvers', { value: undefined });
        delete Promise.withResolvers;
    });
    await old.goto(`${world.url}/`);
    await old.locator('h1').waitFor();
    await screens.here(old, 'old-browser');
}

async function lock(world, ruth, screens) {
    await ruth.page.goto(`${world.url}/#/settings/lock`);
    await ruth.fill('Number', NUMBER);
    await ruth.fill('The same once more', NUMBER);
    await ruth.click('Set the lock');
    await ruth.click('Lock now');
    await ruth.seesHeading('Chancery is locked on this device');
    await screens.here(ruth.page, 'locked');
    await ruth.fill('Your number', NUMBER);
    await ruth.click('Unlock');
    await ruth.sees('Take the lock away');
    await ruth.click('Take the lock away');
    await ruth.sees('Set the lock');
}

async function broken(world, ruth, screens) {
    const second = await ruth.page.context().newPage();
    await second.goto(`${world.url}/`);
    await second.locator('h1').waitFor();
    await screens.here(second, 'open-elsewhere');
    await second.close();

    // A part that cannot be had, also not after loading the page anew.
    const context = ruth.page.context();
    const part = /\/assets\/JoinPage-[^/]*\.js$/;
    await context.route(part, (route) => route.abort());
    await to(ruth.page, '#/join/x');
    await ruth.seesHeading('This page broke');
    await screens.here(ruth.page, 'broken-page');
    await context.unroute(part);

    const wasm = /\.wasm$/;
    await context.route(wasm, (route) => route.abort());
    await ruth.page.evaluate(() => caches.delete('chancery-assets-1'));
    await ruth.page.goto(`${world.url}/#/chats`);
    await ruth.page.reload();
    await ruth.seesHeading('Chancery could not be opened');
    await screens.here(ruth.page, 'not-opened');
    await context.unroute(wasm);
    await ruth.click('Try again');
    await ruth.home();
}

async function devices(world, ruth, screens) {
    const again = await world.person(ruth.name);
    await again.signIn();
    await again.seesHeading('Confirm this device');
    await screens.here(again.page, 'confirm-device');
    await again.click('Use the recovery code');
    await again.fill('Recovery code', 'EsTz wrong');
    await again.click('Confirm this device');
    await again.sees('This is not your code.');
    await screens.here(again.page, 'confirm-by-code');
    await again.click('Back');
    await again.click('I have neither');
    await again.seesHeading('Begin anew');
    await screens.here(again.page, 'begin-anew');
    await again.click('Back');

    await again.click('Confirm from another device');
    await again.seesHeading('Look at your other device');
    await screens.here(again.page, 'look-at-other');
    await ruth.seesHeading('Is this you?');
    await screens.here(ruth.page, 'is-this-you');
    await ruth.click('It was me');
    await again.seesHeading('Do both show the same?');
    await screens.here(again.page, 'compare');
    await again.click('They differ');
    await again.seesHeading('The device is not confirmed');
    await screens.here(again.page, 'not-confirmed');

    // The server ends the session.
    const token = await world.tokenOf(ruth);
    await ask('POST', `${world.url}/_matrix/client/v3/logout/all`, { token, json: {} });
    await again.sees('Your session has ended');
    await until(WITHIN_MS, 'the sign-in', () =>
        again.page.locator('form input').first().isVisible(),
    );
    await screens.here(again.page, 'session-ended');
}
