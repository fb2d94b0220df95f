export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** The promise, or a failure that says what did not come in time. */
export async function within(ms, what, promise) {
    let timer;
    const late = new Promise((_, reject) => {
        timer = setTimeout(() => reject(new Error(`not within ${ms} ms: ${what}`)), ms);
    });
    try {
        return await Promise.race([promise, late]);
    } finally {
        clearTimeout(timer);
    }
}

/** Asks again until the answer is yes; bounded. */
export async function until(ms, what, ask) {
    const deadline = performance.now() + ms;
    while (!(await ask())) {
        if (performance.now() > deadline) {
            throw new Error(`not within ${ms} ms: ${what}`);
        }
        await pause(20);
    }
}

/** A promise with its ends in hand (Node 20 has no Promise.withResolvers). */
export function outside() {
    const ends = {};
    ends.promise = new Promise((resolve, reject) => Object.assign(ends, { resolve, reject }));
    return ends;
}

/** A small generator, so that a run can be repeated from its seed (mulberry32). */
export function seeded(seed) {
    let state = seed >>> 0;
    return () => {
        state = (state + 0x6d2b79f5) >>> 0;
        let mixed = Math.imul(state ^ (state >>> 15), state | 1);
        mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
        return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
    };
}
