// The console: people found, one locked and freed, a link for a new password, a device signed out.
import { ask } from '../../../e2e/lib/http.mjs';
import { until } from '../../../e2e/lib/time.mjs';

export const about =
    'an administrator finds people in the console, locks one, and reads the status';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen');
    await mara.keepCode();
    await mara.home();

    const admin = await world.person('Ruth Adeyemi');
    await admin.page.goto(`${world.url}/console`);
    await admin.fill('Address or user name', 'mara.jansen');
    await admin.fill('Password', world.password);
    await admin.click('Sign in');
    await admin.sees('This account does not administer this server.');
    await admin.fill('Address or user name', admin.userName);
    await admin.click('Sign in');
    await admin.seesHeading('People');

    await admin.fill('Search people', 'mar');
    await admin.click(admin.page.getByRole('link', { name: 'Mara Jansen' }));
    await admin.sees('Make a link for a new password');
    await admin.click('Lock');
    await admin.sees('Unlock');
    await mara.sees('This account is locked.');
    await admin.click('Unlock');
    await admin.sees('Only let them read');
    await mara.click('Try again');
    await mara.home();

    await admin.click('Make a link for a new password');
    await admin.sees('The link is shown only now.');
    await admin.page.keyboard.press('Escape');
    await admin.click(admin.page.getByRole('link', { name: 'Server status' }));
    await admin.sees('At work');

    // The session outlives a reload, and ends where the server ends it.
    await admin.page.reload();
    await admin.sees('At work');
    await manyInvitations(world, admin);
    await admin.click(admin.page.getByRole('link', { name: 'Invitations' }));
    const rows = admin.page.locator('.work tbody tr');
    await until(ROWS_WITHIN_MS, 'a full page', async () => (await rows.count()) === PAGE);
    await admin.click('Next');
    await until(ROWS_WITHIN_MS, 'the rest', async () => (await rows.count()) === MORE);
    await admin.click('Previous');
    await until(ROWS_WITHIN_MS, 'the first again', async () => (await rows.count()) === PAGE);
    const token = await world.tokenOf(admin);
    await ask('POST', `${world.url}/_matrix/client/v3/logout/all`, { token, json: {} });
    await admin.click(admin.page.getByRole('link', { name: 'People' }));
    await admin.sees('Your session has ended');
    await admin.page.reload();
    await admin.seesHeading('Sign in to the console');
}

const PAGE = 50;
const MORE = 3;
const ROWS_WITHIN_MS = 20_000;

async function manyInvitations(world, admin) {
    const token = await world.tokenOf(admin);
    const url = `${world.url}/_chancery/admin/v1/invitations`;
    const { invitations } = await ask('GET', url, { token });
    for (let made = invitations.length; made < PAGE + MORE; made++) {
        const json = { uses_allowed: 1, expires_in_ms: 3_600_000 };
        await ask('POST', url, { token, json });
    }
}
