// A passkey beside the number of the lock. The authenticator is Chromium's virtual one, which works
// secrets out (`prf`) as a real one does, and agrees or not as it is told.
import assert from 'node:assert/strict';
import { Screens, speakBySetting, to } from '../lib/screens.mjs';

export const short = false;
export const about = 'a passkey opens the lock of a device, and only when its owner agrees';

const NUMBER = '48213';

export async function play(world) {
    world.url = world.url.replace('127.0.0.1', 'localhost'); // A passkey belongs to a name.
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const session = await ruth.page.context().newCDPSession(ruth.page);
    await session.send('WebAuthn.enable');
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
        options: {
            protocol: 'ctap2',
            ctap2Version: 'ctap2_1',
            transport: 'internal',
            hasResidentKey: true,
            hasUserVerification: true,
            hasPrf: true,
            isUserVerified: true,
            automaticPresenceSimulation: true,
        },
    });

    await ruth.page.goto(`${world.url}/#/settings/lock`);
    await ruth.fill('Number', NUMBER);
    await ruth.fill('The same once more', NUMBER);
    await ruth.click('Set the lock');
    await ruth.click('Open with a passkey too');
    await ruth.sees('The passkey opens the lock too.');
    const screens = new Screens(world);
    const page = { open: (page) => to(page, '#/settings/lock') };
    await screens.inAllLanguages(ruth.page, { 'lock-with-passkey': page }, speakBySetting);
    await ruth.click('Lock now');
    await ruth.page.reload();
    await ruth.button('Open with your passkey').waitFor();
    await screens.here(ruth.page, 'locked-with-passkey');

    await ruth.click('Open with your passkey');
    await ruth.sees('Take the lock away');

    // Who does not agree is let in by the number only; this authenticator is closed from then on.
    await ruth.click('Lock now');
    const agreed = { authenticatorId, isUserVerified: false };
    await session.send('WebAuthn.setUserVerified', agreed);
    await ruth.click('Open with your passkey');
    await ruth.sees('The passkey did not open it. Type your number.');
    await ruth.fill('Your number', NUMBER);
    await ruth.click('Unlock');

    // Taken away, it is not offered any more.
    await ruth.click('Take the passkey away');
    await ruth.sees('The passkey opens nothing any more.');
    await ruth.click('Lock now');
    await ruth.seesHeading('Chancery is locked on this device');
    assert.equal(await ruth.button('Open with your passkey').count(), 0);
    screens.requireNone();
}
