// A second tab of the same profile: the first hands the session over.
export const short = false;
export const about = 'a second tab takes the session over, and gives it back';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();

    const second = await ruth.page.context().newPage();
    await second.goto(`${world.url}/`);
    await second.getByRole('heading', { name: 'Chancery is open in another tab' }).waitFor();
    await second.getByRole('button', { name: 'Use it here' }).click();
    await second.getByRole('region', { name: 'Chats', exact: true }).waitFor();
    await ruth.seesHeading('Chancery is open in another tab');
    await ruth.click('Use it here');
    await ruth.home();
    await second.getByRole('heading', { name: 'Chancery is open in another tab' }).waitFor();
}
