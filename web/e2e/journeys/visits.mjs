// What a first and a repeated visit move over the network, as the browser counts it. Without the
// service worker: what that fetches for the page would not be counted.
import assert from 'node:assert/strict';

const FIRST_BYTES_MAX = 2_200_000;
const REPEAT_BYTES_MAX = 20_000;

export const short = false;
export const about = 'a first visit moves at most 2.2 MB, a repeated one 20 KB';

export async function play(world) {
    const ruth = await world.person('Ruth Adeyemi', { serviceWorkers: 'block' });
    const first = await counting(ruth.page);
    await ruth.page.goto(await world.setUpLink());
    await ruth.fillAccount('Set up');
    await ruth.keepCode();
    await ruth.home();
    assert.ok(first() <= FIRST_BYTES_MAX, `the first visit moved ${first()} bytes`);
    const moved = first();

    const repeated = await counting(ruth.page);
    await ruth.page.reload();
    await ruth.home();
    assert.ok(repeated() <= REPEAT_BYTES_MAX, `a repeated visit moved ${repeated()} bytes`);
    console.log(`    first visit ${moved} bytes, repeated ${repeated()} bytes`);
}

/** Counts from now on. */
async function counting(page) {
    const session = await page.context().newCDPSession(page);
    let bytes = 0;
    session.on('Network.loadingFinished', ({ encodedDataLength }) => {
        bytes += encodedDataLength; // Nought for what the browser had.
    });
    await session.send('Network.enable');
    return () => bytes;
}
