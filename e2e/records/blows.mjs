// When a program is killed: at a named step, which its files on the disk tell, or at a moment of
// its work, which wanders over the whole of it from one life to the next.
import { setImmediate as next } from 'node:timers/promises';
import { pause } from '../lib/time.mjs';

const STEP_MS_MAX = 60_000;
const BEYOND = 1.1; // Some are killed just after their work.
const LATE = 0.8;
const LONGER = 1.5;

export class Blows {
    #lives;
    #random;
    #lasts = new Map();
    #offsets = new Map();
    counts = {};
    tell;

    /** @param lives how many kills each stage gets in all */
    constructor(lives, random, tell) {
        this.#lives = lives;
        this.#random = random;
        this.tell = tell;
    }

    /** Does it unharmed, and learns how long that takes. */
    async measured(stage, act) {
        const began = performance.now();
        const answer = await act();
        this.#lasts.set(stage, performance.now() - began);
        return answer;
    }

    /**
     * Begins an act and kills meanwhile.
     *
     * @param lasts how long the act takes, as long as nobody has measured it
     * @param steps named steps: functions that look whether the act has come there; the last one
     *     has its turn first
     * @returns the answer of the act, if it came before the blow
     */
    async strike(stage, life, { act, kill, lasts, steps = {} }) {
        const names = Object.keys(steps).reverse();
        const name = names[life % (names.length + 1)];
        const began = performance.now();
        const state = {};
        const doing = act().then(
            (answer) => Object.assign(state, { answer, took: performance.now() - began }),
            (fault) => Object.assign(state, { fault }),
        );
        const until = name ? STEP_MS_MAX : this.#moment(stage, life, lasts);
        const there = name ? await reach(steps[name], state, until) : await sleep(until, doing);
        const took = performance.now() - began;
        this.#learn(stage, name ? 0 : took, state.took);
        await kill();
        await doing;
        const when = name
            ? `${there ? 'at' : 'after'} "${name}"`
            : `after ${Math.round(took)} ms`;
        this.#count(stage, name && there ? name : name ? `after "${name}"` : 'at a moment');
        return { answer: state.answer, fault: state.fault, when };
    }

    /** An act that was not done when its time was nearly over takes longer than was thought. */
    #learn(stage, waited, took) {
        const thought = this.#lasts.get(stage) ?? 0;
        if (took) this.#lasts.set(stage, took);
        else if (waited > LATE * thought) this.#lasts.set(stage, thought * LONGER);
    }

    #moment(stage, life, lasts) {
        if (!this.#lasts.has(stage)) this.#lasts.set(stage, lasts);
        if (!this.#offsets.has(stage)) this.#offsets.set(stage, this.#random());
        const part = ((life + 0.5) / this.#lives + this.#offsets.get(stage)) % 1;
        return part * BEYOND * this.#lasts.get(stage);
    }

    #count(stage, where) {
        this.counts[stage] ??= {};
        this.counts[stage][where] = (this.counts[stage][where] ?? 0) + 1;
    }
}

/** Looks as fast as it can, so that the blow falls at the step and not after it. */
async function reach(step, state, within) {
    const deadline = performance.now() + within;
    while (!('took' in state) && !('fault' in state)) {
        if (step()) return true;
        if (performance.now() > deadline) throw new Error('the step never came');
        await next();
    }
    return step();
}

/** Until that moment, or the end of the act. */
async function sleep(ms, doing) {
    await Promise.race([pause(ms), doing]);
    return true;
}
