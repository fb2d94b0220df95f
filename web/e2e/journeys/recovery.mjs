// All devices lost: the recovery code brings the messages back; a wrong code does not.
export const short = true;
export const about = 'after the loss of every device the recovery code opens the messages again';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen');
    const code = await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    await mara.say('Keep this for a bad day');
    await mara.reads('Keep this for a bad day');
    await world.backedUp(mara);
    await mara.page.context().close();

    const found = await world.person('Mara Jansen');
    await found.signIn();
    await found.seesHeading('Confirm this device');
    await found.click('Use the recovery code');
    await found.fill('Recovery code', 'EsTz wrong wrong wrong');
    await found.click('Confirm this device');
    await found.sees('This is not your code.');
    await found.fill('Recovery code', code);
    await found.click('Confirm this device');
    await found.home();
    await found.openChat('Ruth Adeyemi');
    await found.reads('Keep this for a bad day');
}
