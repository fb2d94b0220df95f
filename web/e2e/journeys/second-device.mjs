// A second device, confirmed from the first by comparing pictures; old messages open there.
import assert from 'node:assert/strict';

export const short = true;
export const about = 'a second device is confirmed from the first, and reads what was said before';

const NOT_YET = 'This message can’t be read on this device yet.';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen');
    await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    const backup = await held(mara);
    await mara.say('Before the second device');
    await mara.reads('Before the second device');

    const again = await world.person('Mara Jansen');
    await again.signIn();
    await again.seesHeading('Confirm this device');
    await again.click('Confirm from another device');
    await mara.seesHeading('Is this you?');
    await mara.click('It was me');
    await again.seesHeading('Do both show the same?');
    await mara.seesHeading('Do both show the same?');
    const pictures = (person) => person.page.locator('.emoji li').allInnerTexts();
    assert.deepEqual(await pictures(again), await pictures(mara));
    assert.equal((await pictures(mara)).length, 7);
    await again.click('They match');
    await mara.click('They match');

    await again.home();
    await again.openChat('Ruth Adeyemi');
    await again.sees(NOT_YET); // Its key was on the way to the backup when this device looked there.
    backup.letGo();
    await again.reads('Before the second device');
    await again.say('From the second device');
    await mara.home();
    await mara.openChat('Ruth Adeyemi');
    await mara.reads('From the second device');
}

/** Holds back what a device puts into the backup of its keys, until it is let go. */
async function held(person) {
    let letGo;
    const gone = new Promise((resolve) => {
        letGo = resolve;
    });
    await person.page.context().route('**/room_keys/keys*', async (route) => {
        if (route.request().method() === 'PUT') {
            await gone;
        }
        await route.continue();
    });
    return { letGo };
}
