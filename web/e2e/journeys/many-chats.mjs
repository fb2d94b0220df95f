// Five hundred chats and a long one: how soon they stand there, what they weigh, how they scroll.
// Counts are held to; times are printed, and held to loosely, as the machine may have other work.
import assert from 'node:assert/strict';
import { ask } from '../../../e2e/lib/http.mjs';

const CHATS = 500;
const MESSAGES = 5_000;
const AT_ONCE = 8;
const READY_MS_MAX = 2_000;
const LOOSELY = 4;
const HEAP_BYTES_MAX = 150_000_000;
const ROWS_MAX = 60;
const SHIFT_PX_MAX = 1;
/** So slow a line brings older messages only when the first of those that are there is drawn. */
const SLOW_LINE_MS = 120;
const FILL_WITHIN_MS = 180_000;

export const short = false;
export const withinMs = 600_000;
export const about = '500 chats stand there at once and stay light; 5,000 messages scroll';
export const settings = { CHANCERY_UNSAFE_TEST_PROFILE: 'true' }; // No rate limits while filling.

export async function play(world) {
    const ruth = await world.administrator();
    await ruth.keepCode();
    await ruth.home();
    const long = await fill(world, ruth);
    await ruth.page.waitForFunction(
        (name) => document.querySelector('.chats')?.textContent?.includes(name),
        'Long one',
        { timeout: FILL_WITHIN_MS },
    );
    const session = await ruth.page.context().newCDPSession(ruth.page);
    // What was fetched is written down when the page is left, so the second time is the warm one.
    await ruth.page.reload();
    await ruth.home();
    await ruth.page.reload();
    await ruth.home();
    const ready = await ruth.page.evaluate(() => performance.now());
    await session.send('HeapProfiler.collectGarbage');
    const { usedSize: heap } = await session.send('Runtime.getHeapUsage');

    await ruth.page.goto(`${world.url}/#/chat/${encodeURIComponent(long)}`);
    await ruth.reads(`Message ${MESSAGES - 1}`);
    const { p95, longest, rows, shift, seen } = await scrolled(ruth.page, 600);
    await session.send('Network.emulateNetworkConditions', {
        offline: false,
        latency: SLOW_LINE_MS,
        downloadThroughput: -1,
        uploadThroughput: -1,
    });
    const slow = await scrolled(ruth.page, 300);
    console.log(
        `    ready ${Math.round(ready)} ms, heap ${Math.round(heap / 1e6)} MB; scrolled past ` +
            `${seen} messages: p95 ${p95} ms a frame, longest ${longest} ms, ${rows} rows at ` +
            `most, shift ${shift} px; on a slow line ${slow.shift} px in ${slow.pages} pages`,
    );
    assert.ok(ready <= READY_MS_MAX * LOOSELY, `ready after ${ready} ms`);
    assert.ok(heap <= HEAP_BYTES_MAX, `${heap} bytes of heap`);
    assert.ok(rows <= ROWS_MAX, `${rows} rows`);
    assert.ok(shift <= SHIFT_PX_MAX, `${shift} px`);
    assert.ok(slow.shift <= SHIFT_PX_MAX, `${slow.shift} px on a slow line`);
    assert.ok(slow.pages >= 3, `only ${slow.pages} pages came while scrolling on a slow line`);
    assert.ok(seen > 500, `only ${seen} messages`);
}

/** Chats by the API; answers with the id of the long one. */
async function fill(world, person) {
    const token = await world.tokenOf(person);
    const client = `${world.url}/_matrix/client/v3`;
    const make = (name) => ask('POST', `${client}/createRoom`, { token, json: { name } });
    const { room_id: long } = await make('Long one');
    const jobs = [];
    for (let n = 1; n < CHATS; n++) {
        jobs.push(() => make(`Chat ${n}`));
    }
    await all(jobs);
    const room = `${client}/rooms/${encodeURIComponent(long)}/send/m.room.message`;
    for (let n = 0; n < MESSAGES; n++) {
        const body = `Message ${n}${n % 7 === 0 ? ', which goes on for a while'.repeat(9) : ''}`;
        await ask('PUT', `${room}/m${n}`, { token, json: { msgtype: 'm.text', body } });
    }
    return long;
}

async function all(jobs) {
    const worker = async () => {
        for (let job = jobs.shift(); job; job = jobs.shift()) await job();
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** Turns the wheel upwards, a notch a frame, and looks at each frame. */
function scrolled(page, frames) {
    return page.evaluate(async (frames) => {
        // After the frame is drawn, as the eye has it.
        const drawn = () =>
            new Promise((resolve) =>
                requestAnimationFrame((time) => {
                    const { port1, port2 } = new MessageChannel();
                    port1.onmessage = () => resolve(time);
                    port2.postMessage(0);
                }),
            );
        const box = document.querySelector('.timeline');
        const times = [];
        const seen = new Set();
        let rows = 0;
        let shift = 0;
        let pages = 0;
        let last = await drawn();
        for (let n = 0; n < frames; n++) {
            const mark = [...box.querySelectorAll('[data-message]')].at(-1);
            const before = mark?.getBoundingClientRect().top ?? 0;
            const from = box.scrollTop;
            const height = box.scrollHeight;
            box.dispatchEvent(new WheelEvent('wheel')); // It is a reader who moves it.
            box.scrollTop = Math.max(0, from - 120);
            const moved = from - box.scrollTop;
            const now = await drawn();
            times.push(now - last);
            if (box.scrollHeight - height > box.clientHeight) pages++;
            last = now;
            const shown = box.querySelectorAll('[data-message]');
            rows = Math.max(rows, shown.length);
            for (const each of shown) seen.add(each.dataset.message);
            if (mark?.isConnected && moved === 120) {
                // What moves goes down, and no further than the wheel.
                const went = mark.getBoundingClientRect().top - before;
                shift = Math.max(shift, -went, went - moved);
            }
        }
        times.sort((a, b) => a - b);
        return {
            p95: Math.round(times[Math.floor(times.length * 0.95)] * 10) / 10,
            longest: Math.round(times.at(-1)),
            rows,
            shift: Math.round(shift * 10) / 10,
            seen: seen.size,
            pages,
        };
    }, frames);
}
