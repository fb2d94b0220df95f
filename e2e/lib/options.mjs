import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { ADAPTERS } from './servers.mjs';

const HERE = fileURLToPath(new URL('..', import.meta.url));
export const ROOT = path.resolve(HERE, '..');

const SHORT_KILLS = 3;
const DEFAULT_KILLS = 20;
// Megolm keys rotate this often, so that keys must travel before, through and after each kill.
const SHORT_ROTATION = 4;
const FULL_ROTATION = 25;
// So few events come with one /sync, so that there are gaps, and history is fetched page by page.
const SHORT_TIMELINE_LIMIT = 3;
const FULL_TIMELINE_LIMIT = 20;

export const USAGE = `Two people talk through a running homeserver in real browsers.

  node play.mjs --short [options]         the short play in this folder, ${SHORT_KILLS} kills
  node play.mjs --lines FILE [options]    an act of a play, ${DEFAULT_KILLS} kills

  --server CMD     starts the homeserver; {data} and {port} are filled in (also in the environment
                   as PLAY_DATA and PLAY_PORT); run from the repository's root
  --kind NAME      ${Object.keys(ADAPTERS).join(' or ')} (how people register)
  --kills N        how often the server is killed in the middle
  --act N          which act of the file, from 1
  --data DIR       a data folder, absent or empty; without it a new one under build/e2e
  --port N         without it any free port
  --seed N         where chance starts; it is printed and written down
  --chromium PATH  /usr/bin/chromium
  --out FILE       the result as JSON`;

function number(text, name, least) {
    const value = Number(text);
    if (!Number.isInteger(value) || value < least) {
        throw new Error(`--${name} must be a whole number from ${least}, not ${text}`);
    }
    return value;
}

/** The options, complete and checked; throws a sentence for the user. */
export function options(argv) {
    const text = { type: 'string' };
    const { values } = parseArgs({
        args: argv,
        options: {
            short: { type: 'boolean', default: false },
            help: { type: 'boolean', default: false },
            lines: text,
            server: { ...text, default: 'CHANCERY_DATA={data} CHANCERY_PORT={port} ./dev run' },
            kind: { ...text, default: 'chancery' },
            kills: text,
            act: { ...text, default: '1' },
            data: text,
            port: text,
            seed: text,
            chromium: { ...text, default: process.env.CHROMIUM ?? '/usr/bin/chromium' },
            out: text,
        },
    });
    if (values.help) {
        return { help: true };
    }
    if (values.short === Boolean(values.lines)) {
        throw new Error('say either --short or --lines FILE');
    }
    if (!ADAPTERS[values.kind]) {
        throw new Error(`--kind must be ${Object.keys(ADAPTERS).join(' or ')}`);
    }
    if (!fs.existsSync(values.chromium)) {
        throw new Error(`no browser at ${values.chromium}: apt-get install -y chromium`);
    }
    const seed = values.seed ?? String(Math.floor(Math.random() * 1_000_000));
    return {
        ...values,
        lines: values.short ? path.join(HERE, 'short-play.txt') : path.resolve(values.lines),
        kills: number(values.kills ?? (values.short ? SHORT_KILLS : DEFAULT_KILLS), 'kills', 0),
        act: number(values.act, 'act', 1),
        port: values.port ? number(values.port, 'port', 1) : null,
        seed: number(seed, 'seed', 0),
        rotation: values.short ? SHORT_ROTATION : FULL_ROTATION,
        timelineLimit: values.short ? SHORT_TIMELINE_LIMIT : FULL_TIMELINE_LIMIT,
    };
}

/** A folder of its own for this run: logs, and the data when nobody named a place for them. */
export function runFolder(wishedData) {
    const parent = path.join(ROOT, 'build', 'e2e');
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const folder = path.join(parent, `run-${stamp}-${process.pid}`);
    const data = wishedData ? path.resolve(wishedData) : path.join(folder, 'data');
    fs.mkdirSync(data, { recursive: true });
    if (fs.readdirSync(data).length > 0) {
        throw new Error(`${data} is not empty; the play begins on fresh data`);
    }
    return { folder, data };
}
