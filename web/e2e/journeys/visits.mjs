// What a first and a repeated visit move over the network, as the browser counts it.
import assert from 'node:assert/strict';

const FIRST_BYTES_MAX = 2_200_000;
const REPEAT_BYTES_MAX = 20_000;

export const short = false;
export const about = 'a first visit moves at most 2.2 MB, a repeated one 20 KB';

export async function play(world) {
    const ruth = await world.person('Ruth Adeyemi');
    const first = await counting(ruth.page);
    await ruth.page.goto(await world.setUpLink());
    await ruth.fillAccount('Set up');
    await ruth.keepCode();
    await ruth.home();
    assert.ok(first() <= FIRST_BYTES_MAX, `the first visit moved ${first()} bytes`);
    // The next start goes by what is kept: the worker's files and the store.
    await ruth.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await ruth.page.reload();
    await ruth.home();

    const repeated = await counting(ruth.page);
    await ruth.page.reload();
    await ruth.home();
    assert.ok(repeated() <= REPEAT_BYTES_MAX, `a repeated visit moved ${repeated()} bytes`);
    console.log(`    first visit ${first()} bytes, with two more; repeated ${repeated()} bytes`);
}

/** Counts from now on; what the service worker answers is not moved. */
async function counting(page) {
    const session = await page.context().newCDPSession(page);
    let bytes = 0;
    const kept = new Set();
    session.on('Network.responseReceived', ({ requestId, response }) => {
        if (response.fromServiceWorker || response.fromDiskCache) {
            kept.add(requestId);
        }
    });
    session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
        bytes += kept.has(requestId) ? 0 : encodedDataLength;
    });
    await session.send('Network.enable');
    return () => bytes;
}
