// Plays the journeys: each a file of journeys/, each on a server of its own. The closing line is
// `N passed, N failed`.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { within } from '../../e2e/lib/time.mjs';
import { World } from './lib/world.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const ROOT = path.resolve(HERE, '../..');
const JOURNEY_MS_MAX = 240_000;
const FLAGS = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--use-fake-ui-for-media-stream',
    '--use-fake-device-for-media-stream',
];

const USAGE = `Journeys through the web client.

  --short          only those that ./dev test plays
  --only NAME,…    only those whose name holds one of these
  --list           names and what they are about
  --server CMD     starts the server; {data} and {port} are filled in; run from the root
  --folder DIR     where data, logs and pictures go; build/web-e2e without it
  --out FILE       the result as JSON`;

function options() {
    const text = { type: 'string' };
    const flag = { type: 'boolean', default: false };
    const { values } = parseArgs({
        options: {
            short: flag,
            list: flag,
            help: flag,
            only: text,
            out: text,
            server: {
                ...text,
                default:
                    'CHANCERY_DATA={data} CHANCERY_PORT={port} exec sh app/target/chancery/bin/chancery serve',
            },
            folder: { ...text, default: path.join(ROOT, 'build/web-e2e') },
        },
    });
    return values;
}

async function journeys({ short, only }) {
    const names = fs.readdirSync(path.join(HERE, 'journeys')).filter((it) => it.endsWith('.mjs'));
    const all = [];
    for (const file of names.sort()) {
        const journey = await import(`./journeys/${file}`);
        all.push({ name: file.replace('.mjs', ''), ...journey });
    }
    const wanted = only?.split(',');
    return all.filter(
        (it) => (!short || it.short) && (!wanted || wanted.some((name) => meant(name, it, all))),
    );
}

/** A whole name means that one journey, a piece of a name all that hold it. */
function meant(name, journey, all) {
    return all.some((it) => it.name === name) ? journey.name === name : journey.name.includes(name);
}

async function pictureFaults(world) {
    let n = 0;
    for (const { page } of world.people) {
        const file = path.join(world.folder, `fault-${n++}.png`);
        await page.screenshot({ path: file }).catch(() => undefined); // That page has gone.
    }
}

async function playOne(browser, journey, opts) {
    const folder = path.join(opts.folder, journey.name);
    fs.rmSync(folder, { recursive: true, force: true });
    const pictures = path.join(opts.folder, 'pictures');
    const { server: command } = opts;
    const world = new World(browser, { folder, command, pictures, settings: journey.settings });
    const began = performance.now();
    let fault;
    try {
        await world.open();
        const ms = journey.withinMs ?? JOURNEY_MS_MAX;
        await within(ms, journey.name, journey.play(world));
        if (world.faults.length > 0) {
            throw new Error(`faults of pages:\n${world.faults.join('\n')}`);
        }
    } catch (failure) {
        fault = failure;
        await pictureFaults(world).catch(() => undefined);
    }
    await world.close().catch((failure) => {
        fault ??= failure;
    });
    world.server?.abandon();
    const ms = Math.round(performance.now() - began);
    console.log(`${fault ? 'FAIL' : 'ok  '} ${journey.name}: ${journey.about} (${ms} ms)`);
    if (fault) {
        console.log(`    ${String(fault.stack ?? fault).replaceAll('\n', '\n    ')}`);
        for (const each of world.faults) {
            console.log(`    page: ${each}`);
        }
    }
    return { name: journey.name, ok: !fault, ms };
}

async function main() {
    const opts = options();
    if (opts.help) {
        console.log(USAGE);
        return 0;
    }
    process.chdir(ROOT);
    const chosen = await journeys(opts);
    if (opts.list) {
        console.log(chosen.map((it) => `${it.name.padEnd(24)} ${it.about}`).join('\n'));
        return 0;
    }
    const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, headless: true, args: FLAGS });
    const results = [];
    try {
        for (const journey of chosen) {
            results.push(await playOne(browser, journey, opts));
        }
    } finally {
        await browser.close();
    }
    const failed = results.filter((it) => !it.ok).length;
    if (opts.out) {
        fs.writeFileSync(opts.out, JSON.stringify({ journeys: results }, null, 2));
    }
    console.log(`${results.length - failed} passed, ${failed} failed`);
    return failed === 0 && results.length > 0 ? 0 : 1;
}

process.exitCode = await main();
