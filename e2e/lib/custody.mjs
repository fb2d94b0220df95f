// The custodians' program as people use it, each act a process of its own: keys, a ceremony, orders,
// releases. And the example organisation that the demo and journeys have: five custodians in two
// houses, of whom three open together.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ask } from './http.mjs';
import { pause, until } from './time.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = path.join(ROOT, 'custody/target/chancery-custody/bin/chancery');
const ACT_MS_MAX = 120_000;
const OUTPUT_MAX = 1 << 20;
const SOON_MS = 60_000;
const PACE_MS = 250;
const ADMIN = '/_chancery/admin/v1';

export const HOUSES = { Ada: 'City', Ben: 'City', Cleo: 'City', Dan: 'Court', Eve: 'Court' };
export const QUORUM = 3;

/** A folder that stands for the machines of custodians, officers and the archivist. */
export class Custody {
    #password;

    constructor(folder, { password = 'a long password of an example' } = {}) {
        this.folder = folder;
        this.#password = password;
        fs.mkdirSync(folder, { recursive: true });
    }

    file(...names) {
        return path.join(this.folder, ...names);
    }

    /** One act; answers with what it printed. Throws with what it said where it is refused. */
    run(words, typed = []) {
        return this.begin(words, typed).ended;
    }

    /** An act that has begun: its process, and its end as of `run`. */
    begin(words, typed = []) {
        const child = spawn('sh', [PROGRAM, ...words], { cwd: this.folder });
        const ended = new Promise((resolve, reject) => {
            const timer = setTimeout(() => child.kill('SIGKILL'), ACT_MS_MAX);
            let [out, err] = ['', ''];
            child.stdout.on('data', (part) => {
                out = (out + part).slice(-OUTPUT_MAX);
            });
            child.stderr.on('data', (part) => {
                err = (err + part).slice(-OUTPUT_MAX);
            });
            child.on('error', reject);
            child.on('close', (code) => {
                clearTimeout(timer);
                if (code === 0) resolve({ out: out.trim(), err: err.trim() });
                else reject(new Error(`chancery ${words.join(' ')} ended with ${code}:\n${err}`));
            });
            child.stdin.on('error', () => undefined); // It ended before it read: its code says why.
            child.stdin.end(typed.map((line) => `${line}\n`).join(''));
        });
        return { child, ended };
    }

    /** Somebody's key file and card, both of that name; answers with the fingerprint. */
    async key(name, house, verb = 'custodian-key') {
        const words = ['ceremony', verb, '--name', name, '--organisation', house, '--out', name];
        return (await this.run(words, [this.#password, this.#password])).out;
    }

    /** An act with somebody's key. */
    withKey(words, name) {
        return this.beginWithKey(words, name).ended;
    }

    beginWithKey(words, name) {
        return this.begin([...words, '--key', name], [this.#password]);
    }

    card(name) {
        return JSON.parse(fs.readFileSync(this.file(`${name}.card`), 'utf8'));
    }

    /** Keys of all custodians and of a desk, and a stock of them. */
    async makeStock(serverName, identities) {
        const made = Object.entries(HOUSES).map(async ([name, house]) => [
            name,
            await this.key(name, house),
        ]);
        const [fingerprints] = await Promise.all([
            Promise.all(made).then((all) => new Map(all)),
            this.key('desk', 'City', 'desk-key'),
        ]);
        const cards = Object.keys(HOUSES).flatMap((name) => ['--card', `${name}.card`]);
        const present = ['Ada', 'Dan'];
        await this.run(
            [
                'ceremony',
                'make-stock',
                '--server-name',
                serverName,
                ...cards,
                '--k',
                String(QUORUM),
                '--identities',
                String(identities),
                '--quarters',
                '2',
                '--spares',
                '2',
                '--rehearsals',
                '1',
                ...present.flatMap((name) => ['--present', name]),
                '--out',
                'stock',
            ],
            present.map((name) => fingerprints.get(name)),
        );
        this.shares = (name) => `stock/shares-${fingerprints.get(name)}`;
    }

    entry() {
        return JSON.parse(fs.readFileSync(this.file('stock/public/stock.json'), 'utf8'));
    }

    /** Opens a tenth of the stock, as three custodians agree; answers with order and report. */
    async openTenth(proof, policy) {
        fs.writeFileSync(this.file('stock.proof'), proof);
        fs.writeFileSync(this.file('policy'), policy);
        const of = ['--order', 'order', '--stock', 'stock/public'];
        const pinned = [...of, '--policy', 'policy'];
        const order = ['--purpose', 'tenth', '--stock', 'stock/public', '--desk', 'desk.card'];
        const why = ['--proof', 'stock.proof', '--reason', 'the stock is new', '--out', 'order'];
        await this.run(['ceremony', 'order', ...order, ...why]);
        for (const name of ['Ada', 'Dan']) {
            await this.withKey(['ceremony', 'sign', ...pinned, '--desk', 'desk.card'], name);
        }
        const released = ['Ada', 'Ben', 'Dan'].map(async (name) => {
            const out = `tenth-${name}`;
            const words = ['ceremony', 'release', ...pinned, '--shares', this.shares(name)];
            await this.withKey([...words, '--out', out], name);
            return ['--release', out];
        });
        const releases = (await Promise.all(released)).flat();
        const open = ['ceremony', 'open-tenth', ...pinned, ...releases, '--out', 'tenth.json'];
        await this.withKey(open, 'desk');
        const read = (name) => JSON.parse(fs.readFileSync(this.file(name), 'utf8'));
        return { order: read('order'), report: read('tenth.json') };
    }

    /** Every custodian named counts their shares; answers with the signed counts. */
    async count(names) {
        const counts = names.map(async (name) => {
            const out = `count-${name}.json`;
            const words = ['ceremony', 'check-shares', '--stock', 'stock/public'];
            await this.withKey([...words, '--shares', this.shares(name), '--out', out], name);
            return JSON.parse(fs.readFileSync(this.file(out), 'utf8'));
        });
        return await Promise.all(counts);
    }
}

/** The name of a leaf of the log (RFC 6962), whose bytes are those of the file. */
export function leafHash(file) {
    const bytes = fs.readFileSync(file);
    return createHash('sha256').update(Buffer.of(0)).update(bytes).digest('hex');
}

/** What a server answers once it is so far. */
export async function soon(what, asking) {
    let answer;
    let last;
    await until(SOON_MS, what, async () => {
        try {
            answer = await asking();
            return true;
        } catch (fault) {
            last = fault;
            await pause(PACE_MS);
            return false;
        }
    }).catch((late) => {
        throw new Error(`${late.message}: ${last?.message}`);
    });
    return answer;
}

/**
 * Takes a stock to the server, has its tenth opened, and the counts of shares logged.
 *
 * @param policy the log and the witnesses that the custodians have pinned
 * @param counting who of them counts their shares
 */
export async function giveStock(custody, { url, token, policy, counting }) {
    const entry = custody.entry();
    const stock = `${url}${ADMIN}/stock/${entry.stock}`;
    const read = (folder, number) => {
        const name = `${String(number).padStart(5, '0')}.json`;
        return JSON.parse(fs.readFileSync(custody.file('stock/public', folder, name), 'utf8'));
    };
    await ask('PUT', stock, { token, json: entry });
    for (let number = 1; number <= entry.identities; number++) {
        const json = read('identities', number);
        await ask('PUT', `${stock}/identities/${number}`, { token, json });
        const shares = { entry: read('shares-1', number) };
        await ask('PUT', `${stock}/reports`, { token, json: shares });
    }
    const leaf = leafHash(custody.file('stock/public/stock.json'));
    const { proof } = await soon('a proof that the stock is logged', () =>
        ask('GET', `${url}${ADMIN}/log/proofs/${leaf}`, { token }),
    );
    const json = await custody.openTenth(proof, policy);
    await ask('PUT', `${stock}/tenth`, { token, json });
    for (const count of await custody.count(counting)) {
        await ask('PUT', `${stock}/reports`, { token, json: { entry: count } });
    }
}
