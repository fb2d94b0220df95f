// The pages of the console.
import { Screens, speakByButton, to } from '../lib/screens.mjs';

export const short = false;
export const withinMs = 600_000;
export const about = 'axe finds nothing in the console, in all languages and themes';

export async function play(world) {
    const screens = new Screens(world);
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen');
    await mara.keepCode();
    await mara.home();
    await world.tokenOf(mara); // A second device.
    await world.inviteLink(ruth);

    const { page } = await world.person('Ruth Adeyemi');
    await page.goto(`${world.url}/console`);
    await page.locator('form input').first().waitFor();
    await screens.here(page, 'console-sign-in');
    await speakByButton(page, 'en');
    await page.getByLabel('Address or user name').fill(ruth.userName);
    await page.getByLabel('Password', { exact: true }).fill(world.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.locator('.work').waitFor();
    await screens.inAllLanguages(page, pages('@mara.jansen:localhost'), speakByButton);
    screens.requireNone();
}

function pages(person) {
    const dialog = (button) => ({
        open: async (page) => {
            await page.locator(button).click();
            await page.getByRole('dialog').waitFor();
        },
        close: async (page) => {
            await page.keyboard.press('Escape');
            await page.getByRole('dialog').waitFor({ state: 'detached' });
        },
    });
    const at = (hash, ready) => ({
        open: async (page) => {
            await to(page, hash);
            await page.locator(ready).first().waitFor();
        },
    });
    return {
        'console-people': at('#/people', '.work tbody a'),
        'console-invite': dialog('.work > header .btn-main'),
        'console-person': at(`#/people/${encodeURIComponent(person)}`, '.card li .btn'),
        'console-close': dialog('.card:last-of-type .btn'),
        'console-invitations': at('#/invitations', '.work tbody .btn'),
        'console-status': at('#/server', '.tile'),
    };
}
