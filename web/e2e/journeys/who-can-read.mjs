// "Who can read this?": members, invited, devices; and a second device that nobody confirmed.
import assert from 'node:assert/strict';

export const about = 'the eye tells who can read a chat, and marks a device that is not confirmed';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen');
    await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    await mara.say('Who reads along?');

    await mara.click('Who can read this?');
    const panel = mara.page.getByRole('region', { name: 'Who can read this?' });
    await mara.sees('Invited, not yet here');
    await ruth.accept('Mara Jansen');
    await mara.sees('2 people');
    await mara.sees('on 2 devices');
    assert.equal(await panel.getByText('not confirmed').count(), 0);

    const again = await world.person('Ruth Adeyemi');
    await again.signIn();
    await again.seesHeading('Confirm this device');
    await mara.sees('1 is not confirmed');

    await mara.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
}
