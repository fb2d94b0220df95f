// The lock of a device: closed with a number, open with it only, also after a reload.
export const about = 'a number locks the messages of a device, and only it opens them';

const NUMBER = '48213';

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();

    await ruth.page.goto(`${world.url}/#/settings/lock`);
    await ruth.fill('Number', NUMBER);
    await ruth.fill('The same once more', NUMBER);
    await ruth.click('Set the lock');
    await ruth.click('Lock now');
    await ruth.seesHeading('Chancery is locked on this device');

    await ruth.page.reload();
    await ruth.seesHeading('Chancery is locked on this device');
    await ruth.fill('Your number', '11111');
    await ruth.click('Unlock');
    await ruth.sees('This is not the number.');
    await ruth.fill('Your number', NUMBER);
    await ruth.click('Unlock');
    await ruth.sees('Take the lock away');

    await ruth.click('Take the lock away');
    await ruth.sees('Set the lock');
    await ruth.page.reload();
    await ruth.sees('Set the lock');
}
