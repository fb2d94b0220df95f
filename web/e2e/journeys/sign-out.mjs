// Signing out: nothing of the person is left in the browser, and the server knows the session no more.
import assert from 'node:assert/strict';
import { ask } from '../../../e2e/lib/http.mjs';
import { until } from '../../../e2e/lib/time.mjs';
import { talking } from './outbox.mjs';

const GONE_WITHIN_MS = 10_000;

export const short = false;
export const about = 'signing out leaves nothing on the device, and the next person starts afresh';

export async function play(world) {
    const { ruth, mara } = await talking(world);
    await mara.fill(mara.composer, 'Half a thought');
    await mara.page.goto(`${world.url}/#/settings`);
    await mara.click('Sign out');
    await mara.sees('All that is kept here goes');
    await mara.click('Stay');
    await mara.click('Sign out');
    const dialog = mara.page.getByRole('dialog');
    await mara.click(dialog.getByRole('button', { name: 'Sign out' }));
    await mara.seesHeading('Sign in');

    const databases = () =>
        mara.page.evaluate(async () => (await indexedDB.databases()).map((it) => it.name));
    await until(GONE_WITHIN_MS, 'no database of hers', async () => {
        return (await databases()).every((name) => name === 'chancery');
    });
    assert.deepEqual((await mara.page.evaluate(keptKeys)).filter(isHers), []);
    const token = await world.tokenOf(mara);
    const url = `${world.url}/_matrix/client/v3/devices`;
    const { devices } = await ask('GET', url, { token });
    assert.equal(devices.length, 1, 'only the session that asks is left');

    // Somebody else at the same browser.
    await mara.page.reload();
    await mara.seesHeading('Sign in');
    mara.name = ruth.name;
    await mara.signIn();
    await mara.seesHeading('Confirm this device');
    await mara.click('Later');
    await mara.home();
    await mara.openChat('Mara Jansen');
    await mara.composer.waitFor();
    assert.equal(await mara.composer.inputValue(), '');
}

function isHers(key) {
    return key === 'account' || key.startsWith('draft:');
}

/** In the page: the names of what is kept. */
function keptKeys() {
    return new Promise((resolve, reject) => {
        const open = indexedDB.open('chancery');
        open.onupgradeneeded = () => open.transaction.abort(); // There is none.
        open.onerror = () => resolve([]);
        open.onsuccess = () => {
            const all = open.result.transaction('kept').objectStore('kept').getAllKeys();
            all.onerror = () => reject(all.error);
            all.onsuccess = () => {
                open.result.close();
                resolve(all.result.map(String));
            };
        };
    });
}
