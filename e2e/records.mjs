// `records.mjs FOLDER LIVES whole|server FIGURES [SEED]`: record rooms live through their whole
// life so often, and at every stage of it a program is killed with SIGKILL: the packaged server, the
// custodians', the archivist's; or the server alone. Writes the figures to a file; the last line is
// `N passed, N failed`.
import fs from 'node:fs';
import path from 'node:path';
import { seeded } from './lib/time.mjs';
import { Blows } from './records/blows.mjs';
import { House } from './records/house.mjs';
import { Life } from './records/life.mjs';

const SEED = 20_261_122;
const ROOMS_OF_A_LIFE = 4;
const REHEARSALS = 1;

// The SDK says much of what it does on whatever it finds to write to.
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

const tell = (text) => fs.writeSync(1, `${text}\n`);

/** Enough for all rooms, after a tenth was opened. */
const identities = (lives) => Math.ceil(((lives * ROOMS_OF_A_LIFE + 1 + REHEARSALS) * 10) / 9) + 1;

async function live(house, blows, number) {
    const began = performance.now();
    const life = new Life(house, blows, number);
    try {
        await life.run();
    } catch (fault) {
        life.fault(fault.stack ?? String(fault));
    }
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    tell(`life ${number + 1}, ${seconds} s`);
    life.told.forEach((line) => tell(`  ${line}`));
    life.faults.forEach((line) => tell(`  FAULT: ${line}`));
    return life.faults.length;
}

async function main() {
    const [folder, lives, part, figures, seed] = process.argv.slice(2);
    const count = Number(lives);
    fs.mkdirSync(folder, { recursive: true });
    const random = seeded(Number(seed ?? SEED));
    const house = new House(path.resolve(folder), part === 'whole');
    process.on('exit', () => house.abandon());
    for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(130));
    const blows = new Blows(count, random);
    let [passed, failed, faults] = [0, 0, 0];
    const began = performance.now();
    try {
        await house.open(identities(count), random);
        tell(`the house stands after ${Math.round(performance.now() - began)} ms`);
        for (let number = 0; number < count; number++) {
            const found = await live(house, blows, number);
            faults += found;
            if (found === 0) passed++;
            else failed++;
        }
    } catch (fault) {
        tell(`FAULT: ${fault.stack ?? fault}`);
        failed++;
    } finally {
        await house.close();
    }
    const kills = Object.values(blows.counts).flatMap((stage) => Object.values(stage));
    fs.writeFileSync(
        figures,
        JSON.stringify({
            seed: Number(seed ?? SEED),
            lives: count,
            kills: kills.reduce((all, one) => all + one, 0),
            faults,
            killed: blows.counts,
        }),
    );
    tell(`${passed} passed, ${failed} failed`);
    process.exit(failed === 0 && passed > 0 ? 0 : 1);
}

await main();
