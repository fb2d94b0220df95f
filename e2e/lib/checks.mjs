// Checks are said as they pass or fail, counted, and kept for the result file.
import fs from 'node:fs';
import path from 'node:path';

/** Nothing that follows can be judged. */
class CurtainError extends Error {}

export class Checks {
    #all = [];
    #began = performance.now();
    counts = {};

    /** Runs one check; a failure is counted, and the play goes on. */
    async check(name, body) {
        const began = performance.now();
        const entry = { name, ok: true, ms: 0 };
        this.#all.push(entry);
        try {
            return await body();
        } catch (failure) {
            entry.ok = false;
            // Without the stack: that of a bundled page tells nothing.
            entry.fault = failure.message.split('\n    at ')[0];
            return undefined;
        } finally {
            entry.ms = Math.round(performance.now() - began);
            const fault = entry.ok ? '' : `\n    ${entry.fault.replaceAll('\n', '\n    ')}`;
            console.log(`${entry.ok ? 'ok  ' : 'FAIL'} ${name} (${entry.ms} ms)${fault}`);
        }
    }

    /** A check without which the play cannot go on. */
    async mustHold(name, body) {
        const value = await this.check(name, body);
        if (!this.#all.at(-1).ok) {
            throw new CurtainError(name);
        }
        return value;
    }

    /** Runs the whole play: a curtain that fell early is a counted failure like any other. */
    async play(body) {
        try {
            await body();
        } catch (failure) {
            if (!(failure instanceof CurtainError)) {
                const fault = String(failure.stack ?? failure);
                this.#all.push({ name: 'the play itself', ok: false, ms: 0, fault });
                console.log(`FAIL the play itself\n    ${fault}`);
            }
        }
    }

    get failed() {
        return this.#all.filter((entry) => !entry.ok).length;
    }

    /** Writes the result and says the closing line. */
    close(out, about) {
        const passed = this.#all.length - this.failed;
        const ms = Math.round(performance.now() - this.#began);
        if (out) {
            const { failed, counts } = this;
            const result = { ...about, passed, failed, ms, counts, checks: this.#all };
            fs.mkdirSync(path.dirname(path.resolve(out)), { recursive: true });
            fs.writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
        }
        console.log(`${passed} passed, ${this.failed} failed`);
    }
}
