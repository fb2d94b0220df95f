// Ways in that fail, each with a sentence and a way out.
import assert from 'node:assert/strict';
import { ask } from '../../../e2e/lib/http.mjs';

export const short = true;
export const about = 'used link, wrong password, a new password by link';

export async function play(world) {
    const setUp = await world.setUpLink();
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();

    const lost = await world.person('Nobody');
    await lost.page.goto(setUp);
    await lost.seesHeading('This link does not work any more');
    await lost.page.goto(`${world.url}/#/register?token=nonsense`);
    await lost.seesHeading('This link does not work any more');
    await lost.click(lost.page.getByRole('link', { name: 'Sign in' }));
    await lost.click('Sign in');
    await lost.sees('Your user name is missing.');
    await lost.fill('Address or user name', ruth.userName);
    await lost.fill('Password', 'not the right one');
    await lost.click('Sign in');
    await lost.sees('Name and password don’t belong together.');

    const token = await world.tokenOf(ruth);
    const user = encodeURIComponent(`@${ruth.userName}:localhost`);
    const path = `/_chancery/admin/v1/users/${user}/password_reset`;
    const { link } = await ask('POST', world.url + path, { token, json: {} });
    await lost.page.goto(`${world.url}/${new URL(link).hash}`);
    await lost.fill('Choose a password', 'short');
    await lost.click('Set the password');
    await lost.sees('3 characters more.');
    await lost.fill('Choose a password', 'another short sentence');
    await lost.click('Set the password');
    await lost.seesHeading('Your password is set');
    lost.name = ruth.name;
    await lost.signIn('another short sentence');
    await lost.seesHeading('Confirm this device');

    const kept = () =>
        lost.page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name).sort());
    assert.ok((await kept()).some((name) => name.includes('crypto')));
}
