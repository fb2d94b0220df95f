// The set-up link, an invitation, an account, and the first encrypted words.
import assert from 'node:assert/strict';

const STEPS_MAX = 12;

export const short = true;
export const about = 'from an invitation to the first encrypted message in 12 clicks and fields';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();

    const mara = await world.invited(ruth, 'Mara Jansen');
    await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    await mara.say('Good morning, Ruth.');
    await mara.reads('Good morning, Ruth.');
    assert.ok(mara.steps <= STEPS_MAX, `${mara.steps} clicks and fields`);

    await ruth.accept('Mara Jansen');
    await ruth.reads('Good morning, Ruth.');
    await ruth.say('Good morning, Mara.');
    await mara.reads('Good morning, Mara.');
}
