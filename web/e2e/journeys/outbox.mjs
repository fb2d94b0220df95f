// Without a line: what is written waits, survives a reload, and goes out by itself.
export const short = true;
export const about = 'messages written offline wait, and go out when the line is back';

export async function play(world) {
    const { ruth, mara } = await talking(world);

    await mara.page.context().setOffline(true);
    await mara.say('Written on the train');
    await mara.say('And a second one');
    await mara.sees('And a second one');
    await mara.page.context().setOffline(false);
    await ruth.reads('Written on the train');
    await ruth.reads('And a second one');
}

/** Two people in a chat in which both have said something; options are of Mara's page. */
export async function talking(world, options) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const mara = await world.invited(ruth, 'Mara Jansen', options);
    await mara.keepCode();
    await mara.home();
    await mara.startChatWith('Ruth Adeyemi');
    await mara.say('Hello Ruth');
    await mara.reads('Hello Ruth');
    await ruth.accept('Mara Jansen');
    await ruth.reads('Hello Ruth');
    await ruth.say('Hello Mara');
    await mara.reads('Hello Mara');
    return { ruth, mara };
}
