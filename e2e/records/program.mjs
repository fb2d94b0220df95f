// Programs that are killed: the packaged server, and any act of the custodians' program.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { call } from '../lib/http.mjs';
import { pause } from '../lib/time.mjs';

const READY_MS_MAX = 60_000;
const STOP_MS_MAX = 30_000;
const LOOK_MS = 10;
const PORT_LOWEST = 20_000; // Below the ports that the kernel gives to clients.
const PORT_HIGHEST = 32_000;
const PORT_TRIES = 100;

/** A port that nobody has, and that no client is given while the server is down. */
export async function quietPort(random) {
    for (let i = 0; i < PORT_TRIES; i++) {
        const port = PORT_LOWEST + Math.floor(random() * (PORT_HIGHEST - PORT_LOWEST));
        if (await isFree(port)) return port;
    }
    throw new Error('no free port');
}

function isFree(port) {
    return new Promise((resolve) => {
        const probe = net.createServer();
        probe.on('error', () => resolve(false));
        probe.listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
    });
}

/** What runs until it is killed or stopped; its launcher replaces itself by the program. */
export class Running {
    constructor(words, log) {
        const out = fs.openSync(log, 'a');
        this.child = spawn('sh', words, { stdio: ['ignore', out, out] });
        fs.closeSync(out);
        this.ended = new Promise((resolve) => this.child.on('close', resolve));
    }

    get isAlive() {
        return this.child.exitCode === null && this.child.signalCode === null;
    }

    /** SIGKILL; resolves when nothing of it runs. */
    async kill() {
        this.child.kill('SIGKILL');
        await this.ended;
    }

    async stop() {
        this.child.kill('SIGTERM');
        const timer = setTimeout(() => this.child.kill('SIGKILL'), STOP_MS_MAX);
        await this.ended;
        clearTimeout(timer);
    }
}

/** A server on the same data and port, again and again. */
export class Server {
    #running;

    constructor(program, port, data, settings) {
        this.program = program;
        this.port = port;
        this.data = data;
        this.settings = settings;
        this.url = `http://127.0.0.1:${port}`;
        this.log = `${data}.log`;
    }

    words(verb, more = []) {
        const settings = Object.entries(this.settings).map(([key, value]) => `--${key}=${value}`);
        return [this.program, verb, `--data=${this.data}`, ...settings, ...more];
    }

    /** Starts, without waiting. */
    spawn() {
        this.#running = new Running(this.words('serve', [`--port=${this.port}`]), this.log);
    }

    async ready() {
        const began = performance.now();
        while (!(await this.#answers())) {
            if (!this.#running.isAlive) throw new Error(`the server ended; see ${this.log}`);
            if (performance.now() - began > READY_MS_MAX) throw new Error('no server is ready');
            await pause(LOOK_MS);
        }
    }

    async #answers() {
        try {
            const path = `${this.url}/_matrix/client/versions`;
            return (await call('GET', path, { withinMs: 2_000 })).status === 200;
        } catch {
            return false; // Not yet there.
        }
    }

    async start() {
        this.spawn();
        await this.ready();
    }

    kill() {
        return this.#running.kill();
    }

    async stop() {
        if (this.#running?.isAlive) await this.#running.stop();
    }

    abandon() {
        if (this.#running?.isAlive) this.#running.child.kill('SIGKILL');
    }

    /** `chancery fsck` on the data of the dead server; what it says where they are not sound. */
    async fsck() {
        const log = `${this.data}.fsck`;
        fs.rmSync(log, { force: true });
        const code = await new Running(this.words('fsck'), log).ended;
        return code === 0 ? '' : `fsck ended with ${code}: ${fs.readFileSync(log, 'utf8')}`;
    }
}
