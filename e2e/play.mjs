// Two people talk through a running homeserver in real browsers, while the server is killed now and
// then. See README.md, or --help.
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Checks } from './lib/checks.mjs';
import { cast } from './lib/lines.mjs';
import { ROOT, USAGE, options, runFolder } from './lib/options.mjs';
import { Play } from './lib/scenes.mjs';
import { Server, freePort } from './lib/server.mjs';
import { ADAPTERS } from './lib/servers.mjs';
import { Stage } from './lib/stage.mjs';

function chosen() {
    try {
        return options(process.argv.slice(2));
    } catch (wrong) {
        console.error(`${wrong.message}\n\n${USAGE}`);
        process.exit(2);
    }
}

async function main() {
    const opts = chosen();
    if (opts.help) {
        console.log(USAGE);
        return 0;
    }
    process.chdir(ROOT);
    const lines = cast(fs.readFileSync(opts.lines, 'utf8'), opts.act);
    const { folder, data } = runFolder(opts.data);
    const log = path.join(folder, 'server.log');
    const port = opts.port ?? (await freePort());
    const server = new Server({ command: opts.server, data, port, log });
    console.log(
        `${path.basename(opts.lines)}, act ${opts.act}: ${lines.length} lines, ` +
            `${opts.kills} kills, ${opts.kind} on port ${port}, seed ${opts.seed}; see ${folder}`,
    );
    process.on('exit', () => server.abandon());
    for (const signal of ['SIGINT', 'SIGTERM']) {
        process.on(signal, () => process.exit(130));
    }
    const checks = new Checks();
    let stage = null;
    await checks.play(async () => {
        try {
            stage = await Stage.open(opts.chromium);
            const adapter = ADAPTERS[opts.kind](server);
            const given = { ...opts, log };
            await new Play({ server, adapter, stage, checks, lines, options: given }).perform();
        } finally {
            await stage?.close();
            await server.stop();
        }
    });
    checks.close(opts.out && path.resolve(opts.out), {
        play: path.basename(opts.lines),
        act: opts.act,
        server: opts.kind,
        seed: opts.seed,
        at: new Date().toISOString(),
        machine: { cpus: os.cpus().length, node: process.version, browser: stage?.version ?? null },
    });
    return checks.failed === 0 ? 0 : 1;
}

process.exitCode = await main();
