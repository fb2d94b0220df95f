// The console: people found, one locked and freed, a link for a new password, a device signed out.

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
}
