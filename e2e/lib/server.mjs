// The homeserver as a process: started by a command, killed without warning, started again on the
// same data and port.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import { call } from './http.mjs';
import { pause } from './time.mjs';

const READY_WITHIN_MS = 180_000;
const GONE_WITHIN_MS = 20_000;
const POLL_MS = 50;
const LISTENING = '0A';

/** A port that is free now. */
export function freePort() {
    return new Promise((resolve, reject) => {
        const probe = net.createServer();
        probe.on('error', reject);
        probe.listen(0, '127.0.0.1', () => {
            const { port } = probe.address();
            probe.close(() => resolve(port));
        });
    });
}

function alive(pid) {
    try {
        process.kill(pid, 0);
        return true;
    } catch {
        return false;
    }
}

/** The socket inodes that listen on a port. */
function listeners(port) {
    const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
    const rows = ['/proc/net/tcp', '/proc/net/tcp6']
        .filter((file) => fs.existsSync(file))
        .flatMap((file) => fs.readFileSync(file, 'utf8').trim().split('\n').slice(1))
        .map((row) => row.trim().split(/\s+/));
    return new Set(
        rows.filter((row) => row[1].endsWith(suffix) && row[3] === LISTENING).map((row) => row[9]),
    );
}

/** The open files of a process; none when it has gone or is not ours. */
function openFiles(pid) {
    try {
        return fs.readdirSync(`/proc/${pid}/fd`).flatMap((fd) => {
            try {
                return [fs.readlinkSync(`/proc/${pid}/fd/${fd}`)];
            } catch {
                return [];
            }
        });
    } catch {
        return [];
    }
}

function parentOf(pid) {
    try {
        const stat = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
    } catch {
        return 0;
    }
}

function descendsFrom(pid, ancestor) {
    for (let at = pid, steps = 0; at > 1 && steps < 64; at = parentOf(at), steps++) {
        if (at === ancestor) {
            return true;
        }
    }
    return false;
}

export class Server {
    #command;
    #log;
    #shell = null;

    /** `{data}` and `{port}` in the command are filled in, and stand in PLAY_DATA and PLAY_PORT. */
    constructor({ command, data, port, log }) {
        this.#command = command.replaceAll('{data}', data).replaceAll('{port}', String(port));
        this.#log = log;
        this.data = data;
        this.port = port;
        this.url = `http://127.0.0.1:${port}`;
    }

    /** Starts the command and waits until the server answers; tells how long that took. */
    async start() {
        if (listeners(this.port).size > 0) {
            throw new Error(`port ${this.port} is taken by another process`);
        }
        const began = performance.now();
        const log = fs.openSync(this.#log, 'a');
        this.#shell = spawn('/bin/sh', ['-c', this.#command], {
            detached: true,
            stdio: ['ignore', log, log],
            env: { ...process.env, PLAY_DATA: this.data, PLAY_PORT: String(this.port) },
        });
        fs.closeSync(log);
        while (!(await this.#answers())) {
            if (this.#ended()) {
                throw new Error(`the server ended before it was ready; see ${this.#log}`);
            }
            if (performance.now() - began > READY_WITHIN_MS) {
                throw new Error(`the server was not ready in ${READY_WITHIN_MS} ms`);
            }
            await pause(POLL_MS);
        }
        return Math.round(performance.now() - began);
    }

    async #answers() {
        try {
            const url = `${this.url}/_matrix/client/versions`;
            return (await call('GET', url, { withinMs: 2_000 })).status === 200;
        } catch {
            return false; // Not yet there.
        }
    }

    /** The process that listens, whatever wrapped it; never one that we did not start. */
    #process() {
        const sockets = new Set([...listeners(this.port)].map((inode) => `socket:[${inode}]`));
        const pids = fs.readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number);
        const pid = pids.find((candidate) => {
            return (
                descendsFrom(candidate, this.#shell.pid) &&
                openFiles(candidate).some((file) => sockets.has(file))
            );
        });
        if (!pid) {
            throw new Error(`no process of ours listens on port ${this.port}`);
        }
        return pid;
    }

    /**
     * Finds the server itself, and answers with the blow: SIGKILL, no goodbye, no flush. The blow
     * resolves when nothing of the server is left.
     */
    aim() {
        const pid = this.#process();
        return () => {
            process.kill(pid, 'SIGKILL');
            return this.#gone();
        };
    }

    /** A polite end. */
    async stop() {
        if (this.#shell === null) {
            return;
        }
        try {
            process.kill(this.#process(), 'SIGTERM');
        } catch {
            this.#signalGroup('SIGTERM'); // It does not listen: end whatever the command started.
        }
        await this.#gone();
    }

    /** At the end of the play, come as it may: nothing that was started outlives it. */
    abandon() {
        if (this.#shell !== null) {
            this.#signalGroup('SIGKILL');
        }
    }

    #signalGroup(signal) {
        try {
            process.kill(-this.#shell.pid, signal);
        } catch {
            return; // The group has ended already.
        }
    }

    #ended() {
        return this.#shell.exitCode !== null || this.#shell.signalCode !== null;
    }

    /** Waits for the wrappers too, so that the next start meets a free port and free files. */
    async #gone() {
        const { pid } = this.#shell;
        const deadline = performance.now() + GONE_WITHIN_MS;
        while ((!this.#ended() || alive(pid)) && performance.now() < deadline) {
            await pause(POLL_MS);
        }
        this.#signalGroup('SIGKILL');
        while (listeners(this.port).size > 0) {
            if (performance.now() > deadline + GONE_WITHIN_MS) {
                throw new Error(`port ${this.port} is still taken after the end of the server`);
            }
            await pause(POLL_MS);
        }
    }
}
