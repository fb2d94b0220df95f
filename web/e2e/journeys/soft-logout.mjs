// The server ends the tokens of a device and keeps the device: somebody used its refresh token.
import assert from 'node:assert/strict';
import { ask, call } from '../../../e2e/lib/http.mjs';
import { Screens } from '../lib/screens.mjs';

export const short = false;
export const about = 'a session that ended softly wants the password only; keys and drafts stay';

const TYPED = 'Half a thought';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.person('Mara Jansen');
    const registered = mara.page.waitForResponse(
        (it) => it.url().endsWith('/register') && it.status() === 200,
    );
    await mara.page.goto(await world.inviteLink(ruth));
    await mara.fillAccount('Join');
    const { refresh_token: refresh, device_id: device } = await (await registered).json();
    await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    await mara.say('Hello Ruth');
    await mara.reads('Hello Ruth');
    await ruth.accept('Mara Jansen');
    await ruth.reads('Hello Ruth');
    await mara.fill(mara.composer, TYPED);

    await steal(world, refresh);
    await mara.seesHeading('Sign in again');
    await ruth.say('Written while Mara was out');
    await mara.page.reload();
    await mara.seesHeading('Sign in again');
    const screens = new Screens(world);
    await screens.here(mara.page, 'sign-in-again');
    screens.requireNone();
    await mara.fill('Password', 'not this one');
    await mara.click('Sign in');
    await mara.sees('This is not your password.');
    await mara.fill('Password', world.password);
    await mara.click('Sign in');

    // No code, no confirmation: the keys are those of before.
    await mara.reads('Hello Ruth');
    await mara.reads('Written while Mara was out');
    assert.equal(await mara.composer.inputValue(), TYPED);
    await mara.say('Here again');
    await ruth.reads('Here again');
    const { devices } = await ask('GET', `${world.url}/_matrix/client/v3/devices`, {
        token: await world.tokenOf(mara),
    });
    assert.ok(devices.some((it) => it.device_id === device));
    assert.equal(devices.length, 2, 'the browser is one device still, and this test the other');
}

/** Uses the refresh token in another place, and once again: the server ends all tokens of it. */
async function steal(world, refresh) {
    const url = `${world.url}/_matrix/client/v3`;
    const json = { refresh_token: refresh };
    const { access_token: token } = await ask('POST', `${url}/refresh`, { json });
    await ask('GET', `${url}/account/whoami`, { token });
    const replay = await call('POST', `${url}/refresh`, { json });
    assert.equal(replay.status, 401);
}
