// Devices: a name, and signing another one out with the password.
export const about = 'a device is renamed, and another is signed out with the password';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const other = await world.person('Ruth Adeyemi');
    await other.signIn();
    await other.seesHeading('Confirm this device');

    await ruth.page.goto(`${world.url}/#/settings/devices`);
    await ruth.sees('Other devices');
    await ruth.click(ruth.page.getByRole('button', { name: /^Rename/ }).first());
    await ruth.fill('Name of the device', 'Laptop of the depot');
    await ruth.click(ruth.page.getByRole('dialog').getByRole('button', { name: 'Rename' }));
    await ruth.sees('Laptop of the depot');

    await ruth.click('Sign out all others');
    const dialog = ruth.page.getByRole('dialog');
    await ruth.fill('Your password', 'not my password');
    await ruth.click(dialog.getByRole('button', { name: /^Sign out/ }));
    await ruth.sees('This is not your password.');
    await ruth.fill('Your password', world.password);
    await ruth.click(dialog.getByRole('button', { name: /^Sign out/ }));
    await dialog.waitFor({ state: 'detached' });
    await other.sees(/Your session has ended|signed out from another/);
}
