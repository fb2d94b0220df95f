// An organisation that keeps records: its server and a neighbour's that witnesses the log,
// custodians who have held their ceremony, officers, an archivist, and people with clients as they
// are published.
import { generateKeyPairSync, sign } from 'node:crypto';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { talk } from '../../demo/talk.mjs';
import { Custody, giveStock, soon } from '../lib/custody.mjs';
import { ask } from '../lib/http.mjs';
import { quietPort, Server } from './program.mjs';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PROGRAM = path.join(ROOT, 'app/target/chancery/bin/chancery');
const CLIENT = '/_matrix/client/v3';
const ADMIN = '/_chancery/admin/v1';
const NAME = 'hs1';
const PASSWORD = 'correct horse';
const PAGE = 1_000;
const KEY_BYTES = 32;

const health = (server) => ask('GET', `${server.url}/_chancery/health`);

const unpadded = (bytes) => bytes.toString('base64').replaceAll('=', '');

/** Matrix's canonical JSON of what has no numbers but whole ones. */
function canonical(value) {
    if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
    if (value === null || typeof value !== 'object') return JSON.stringify(value);
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonical(value[name])}`).join()}}`;
}

/** An officer who signs here and not by the custodians' program, which is quicker. */
class QuickOfficer {
    constructor() {
        const { publicKey, privateKey } = generateKeyPairSync('ed25519');
        const bytes = publicKey.export({ type: 'spki', format: 'der' }).subarray(-KEY_BYTES);
        this.signingKey = unpadded(bytes);
        this.signs = async (entry) => {
            const signers = { ...entry.signers, requested: '', approved: '' };
            const bare = canonical({ ...entry, signers });
            return unpadded(sign(null, Buffer.from(bare), privateKey));
        };
    }
}

/** An officer with the custodians' program. */
class Officer {
    constructor(custody, name) {
        this.signingKey = custody.card(name).signing_key;
        this.signs = async (entry) => {
            const file = `${name}-case.json`;
            fs.writeFileSync(custody.file(file), JSON.stringify(entry));
            await custody.withKey(['case', 'sign', '--case', file], name);
            const { signers } = JSON.parse(fs.readFileSync(custody.file(file), 'utf8'));
            return name === 'Ruth' ? signers.requested : signers.approved;
        };
    }
}

export class House {
    /** @param opens whether custodians and archivist play too, and not the server alone */
    constructor(folder, opens) {
        this.folder = folder;
        this.opens = opens;
        this.began = Date.now();
        this.chats = new Set(); // Rooms that are not records.
        this.custody = new Custody(path.join(folder, 'machines'));
    }

    async open(identities, random) {
        await Promise.all([
            this.#peopleCome(random),
            this.opens ? this.custody.key('Ruth', 'City') : undefined,
            this.opens ? this.custody.key('Anton', 'Court') : undefined,
            this.opens ? this.custody.key('archivist', 'Archive', 'desk-key') : undefined,
            this.custody.makeStock(NAME, identities),
        ]);
        this.officers = Object.fromEntries(
            ['Ruth', 'Anton'].map((name) => [
                name,
                this.opens ? new Officer(this.custody, name) : new QuickOfficer(),
            ]),
        );
        const sealed = unpadded(Buffer.alloc(KEY_BYTES, 9));
        this.readingRoom = this.opens ? this.custody.card('archivist').sealing_key : sealed;
        const token = this.people.ruth.access_token;
        const given = { url: this.server.url, token, policy: this.policy, counting: [] };
        await giveStock(this.custody, given);
        if (this.opens) await this.#talk();
    }

    async #peopleCome(random) {
        await this.#servers(random);
        const link = 'the link of the first administrator';
        this.people = { ruth: await soon(link, () => this.#administrator()) };
        for (const name of ['anton', 'mara', 'jonas']) {
            this.people[name] = await this.#register(name, { type: 'm.login.dummy' });
        }
    }

    async #servers(random) {
        const at = async (name, settings) => {
            const data = path.join(this.folder, name);
            const more = { ...settings, 'unsafe-test-profile': true };
            return new Server(PROGRAM, await quietPort(random), data, more);
        };
        const first = await at('server', { 'server-name': NAME });
        await first.start();
        const { key } = (await health(first)).log;
        await first.stop();
        const beside = { 'server-name': 'hs2', 'witnessed-logs': key };
        this.neighbour = await at('neighbour', beside);
        await this.neighbour.start();
        const witness = (await health(this.neighbour)).witness.key;
        const where = `${this.neighbour.url}/_chancery/witness`;
        const lines = `witness hs2 ${witness} ${where}\nquorum hs2\n`;
        const file = path.join(this.folder, 'witnesses');
        fs.writeFileSync(file, lines);
        this.policy = `log ${key}\n${lines}`;
        this.server = new Server(PROGRAM, first.port, first.data, {
            ...first.settings,
            'log-policy': file,
            'inside-hosts': `127.0.0.1:${this.neighbour.port}`,
        });
        await this.server.start();
        this.log = path.join(this.server.data, 'log/log');
    }

    async #administrator() {
        const file = path.join(this.server.data, 'first-admin');
        const link = fs.readFileSync(file, 'utf8').trim();
        const token = link.slice(link.indexOf('token=') + 6);
        return await this.#register('ruth', { type: 'm.login.registration_token', token });
    }

    #register(username, auth) {
        const json = { username, password: PASSWORD, auth };
        return ask('POST', `${this.server.url}${CLIENT}/register`, { json });
    }

    /** Two people talk in a record room, encrypted; the one that every case is about. */
    async #talk() {
        const { mara, jonas, anton } = this.people;
        const { room, messages } = await talk(this.server.url, [mara, jonas, anton]);
        this.talked = { room, messages, until: Date.now() };
    }

    /** A request by somebody, which must succeed. */
    as(name, method, where, json) {
        const token = this.people[name].access_token;
        return ask(method, `${this.server.url}${where}`, { token, json });
    }

    client(name, method, where, json) {
        return this.as(name, method, `${CLIENT}${where}`, json);
    }

    admin(method, where, json) {
        return this.as('ruth', method, `${ADMIN}${where}`, json);
    }

    async recordRooms() {
        const found = [];
        for (let from = ''; from !== undefined; ) {
            const query = `limit=${PAGE}&from=${encodeURIComponent(from)}`;
            const page = await this.admin('GET', `/record_rooms?${query}`);
            found.push(...page.rooms);
            from = page.next;
        }
        return found;
    }

    /** Waits until all that follows has come to the end, and the log has taken what was noted. */
    async settled() {
        await soon('followers at the end', async () => {
            const { followers } = await health(this.server);
            const behind = Object.entries(followers).filter(([, one]) => one.lag > 0);
            if (behind.length > 0) throw new Error(JSON.stringify(behind));
        });
        await this.server.ready();
    }

    /** Tries until it is so, within a minute. */
    eventually(what, holds) {
        return soon(what, async () => {
            if (!(await holds())) throw new Error('not yet');
        });
    }

    /** Nothing that was started outlives the play. */
    abandon() {
        for (const server of [this.server, this.neighbour]) server?.abandon();
    }

    async close() {
        await Promise.all([this.server?.stop(), this.neighbour?.stop()]);
    }
}

export { ROOT };
