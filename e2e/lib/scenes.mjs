// The play, scene by scene. Two persons, a third browser for the second device, one server that
// dies now and then.
import { randomBytes } from 'node:crypto';
import fs from 'node:fs';
import { mustBeEqual } from './compare.mjs';
import { Kills, schedule } from './kills.mjs';
import { seeded } from './time.mjs';
import { filesUnder, mustBeEncrypted, mustNotTell, roomEvents } from './wire.mjs';

const HEAR_WITHIN_MS = 60_000;
const SAY_WITHIN_MS = 120_000;
const READ = { pageSize: 30, settleMs: 20_000 };

export class Play {
    #server;
    #adapter;
    #stage;
    #checks;
    #lines;
    #options;
    #kills;
    #said = [];
    #sayMs = [];
    #resent = 0;
    #heardFrom = 0; // The first line that the new device must read.

    constructor({ server, adapter, stage, checks, lines, options }) {
        this.#server = server;
        this.#adapter = adapter;
        this.#stage = stage;
        this.#checks = checks;
        this.#lines = lines;
        this.#options = options;
        this.#kills = new Kills(server, seeded(options.seed));
    }

    async perform() {
        await this.#enter();
        await this.#meet();
        await this.#speak();
        await this.#lookBack();
        await this.#lookAgain();
        await this.#lookAtTheWire();
        this.#count();
    }

    async #enter() {
        const { mustHold } = bound(this.#checks);
        await mustHold('the server starts on fresh data', () => this.#server.start());
        this.first = await this.#stage.person('first');
        this.second = await this.#stage.person('second');
        await mustHold(this.#adapter.firstIs, async () => {
            await this.#register(this.first, await this.#adapter.firstToken());
        });
        await mustHold(this.#adapter.secondIs, async () => {
            const token = await this.#adapter.secondToken(this.first.accessToken);
            await this.#register(this.second, token);
        });
        for (const person of [this.first, this.second]) {
            await mustHold(`the ${person.name} person starts the SDK with its crypto`, async () => {
                Object.assign(person, await this.#start(person));
            });
            await mustHold(`the ${person.name} person's cross-signing is set up`, async () => {
                const { ready } = await person.call('bootstrapCrossSigning');
                if (!ready) {
                    throw new Error('the SDK says that cross-signing is not ready');
                }
            });
        }
    }

    async #register(person, token) {
        person.username = person.name;
        person.password = randomBytes(16).toString('base64url');
        const { username, password } = person;
        const baseUrl = this.#server.url;
        const wish = { baseUrl, username, password, token, device: `${person.name}'s browser` };
        Object.assign(person, await person.call('register', wish));
    }

    #start(person) {
        return person.call('start', { timelineLimit: this.#options.timelineLimit });
    }

    async #meet() {
        const { mustHold } = bound(this.#checks);
        const { first, second } = this;
        await mustHold('the first makes an encrypted private room', async () => {
            const rotationMessages = this.#options.rotation;
            const wish = { name: 'The stage', invite: second.userId, rotationMessages };
            this.room = await first.call('createRoom', wish);
        });
        await mustHold('the second is invited and joins', async () => {
            await second.call('acceptInvite', this.room);
            await first.call('seesJoined', this.room, second.userId);
        });
        for (const [one, other] of [[first, second], [second, first]]) {
            await this.#checks.check(`the ${one.name} sees the other's device signed`, async () => {
                await one.call('learnsDevice', other.userId, other.deviceId);
                await one.call('seesSignedByOwner', other.userId, other.deviceId);
            });
        }
    }

    async #speak() {
        const deaths = schedule(this.#options.kills, this.#lines.length);
        const newDeviceAt = Math.floor(this.#lines.length / 2);
        let turns = 0;
        for (const [index, line] of this.#lines.entries()) {
            if (index === newDeviceAt) {
                await this.#secondDevice();
            }
            turns += await this.#takeTurn(index);
            const kind = deaths.get(index);
            if (kind) {
                const name = `line ${line.number} is said through a kill (${kind})`;
                await this.#checks.mustHold(name, () => this.#sayOne(line, kind));
            } else {
                await this.#sayOne(line);
            }
            if (index === newDeviceAt) {
                await this.#heardOnNewDevice(line);
            }
        }
        await this.#checks.check(`all ${this.#lines.length} lines are said`, () => undefined);
        this.#checks.counts.turns = turns;
    }

    /** Who answers has first read what was said last. */
    async #takeTurn(index) {
        if (index === 0 || this.#lines[index - 1].person === this.#lines[index].person) {
            return 0;
        }
        const last = this.#said.at(-1);
        const heard = await this.#who(this.#lines[index]).call(
            'hears',
            this.room,
            last.id,
            HEAR_WITHIN_MS,
        );
        if (heard.body !== last.body || heard.sender !== last.sender) {
            throw new Error(`said ${JSON.stringify(last)}, heard ${JSON.stringify(heard)}`);
        }
        return 1;
    }

    #who(line) {
        return line.person === 0 ? this.first : this.second;
    }

    async #sayOne(line, kind) {
        const speaker = this.#who(line);
        const began = performance.now();
        const say = () => speaker.call('say', this.room, line.text, SAY_WITHIN_MS);
        const { eventId, attempts } = kind
            ? await this.#kills.through(kind, speaker, say)
            : await say();
        if (!kind) {
            this.#sayMs.push(performance.now() - began);
        }
        this.#resent += attempts - 1;
        this.#said.push({ id: eventId, sender: speaker.userId, body: line.text });
    }

    /** The second person logs in once more; nobody is told but by device_lists.changed. */
    async #secondDevice() {
        const { mustHold } = bound(this.#checks);
        const { first, second } = this;
        this.newDevice = await this.#stage.person("second's new device");
        await mustHold('the second logs in on a second device', async () => {
            const { username, password } = second;
            const wish = { baseUrl: this.#server.url, username, password, device: 'new device' };
            Object.assign(this.newDevice, await this.newDevice.call('login', wish));
            await this.#start(this.newDevice);
            await this.newDevice.call('knowsRoom', this.room);
        });
        for (const person of [first, second]) {
            const name = `device_lists.changed tells the ${person.name} of the new device`;
            await this.#checks.check(name, () => {
                return person.call('learnsDevice', second.userId, this.newDevice.deviceId);
            });
        }
    }

    async #heardOnNewDevice(line) {
        await this.#checks.check('the next message is read on the new device', async () => {
            const { id } = this.#said.at(-1);
            const heard = await this.newDevice.call('hears', this.room, id, HEAR_WITHIN_MS);
            if (heard.body !== line.text) {
                throw new Error(`said "${line.text}", heard "${heard.body}"`);
            }
        });
        this.#heardFrom = this.#said.length - 1;
    }

    async #read(person, unreadable = 0) {
        await person.call('hasEvent', this.room, this.#said.at(-1).id, HEAR_WITHIN_MS);
        return person.call('read', this.room, { ...READ, unreadable });
    }

    async #lookBack() {
        for (const person of [this.first, this.second]) {
            const name = `the ${person.name} sees every line once, in order, decrypted`;
            await this.#checks.check(name, async () => {
                mustBeEqual(this.#said, (await this.#read(person)).seen);
            });
        }
        await this.#checks.check('the new device reads every line since it came', async () => {
            const { seen } = await this.#read(this.newDevice, this.#heardFrom);
            mustBeEqual(this.#said.slice(this.#heardFrom), seen.slice(this.#heardFrom));
        });
    }

    /** The page of each person is loaded anew: nothing is left but the keys and the session. */
    async #lookAgain() {
        for (const person of [this.first, this.second]) {
            const name = `after a reload the ${person.name} has the same keys and sees every line`;
            await this.#checks.check(name, async () => {
                await person.call('stop');
                await person.enter();
                const { ed25519 } = await this.#start(person);
                if (ed25519 !== person.ed25519) {
                    throw new Error('the device has other keys than before');
                }
                const { pages, seen } = await this.#read(person);
                mustBeEqual(this.#said, seen);
                if (this.#said.length > this.#options.timelineLimit && pages === 0) {
                    throw new Error('history came without a page of /messages');
                }
            });
        }
    }

    async #lookAtTheWire() {
        const { check } = bound(this.#checks);
        const { first, second } = this;
        let events = [];
        await check('the server holds one encrypted event for each line, in order', async () => {
            events = await roomEvents(this.#server, first.accessToken, this.room);
            mustBeEncrypted(events, this.#said.map((line) => line.id));
        });
        await check('no line stands in clear in what was sent or is answered', () => {
            const bodies = [...first.sentBodies, ...second.sentBodies];
            mustNotTell(this.#lines, [
                { where: '/messages', bytes: JSON.stringify(events) },
                { where: 'a request of /send', bytes: bodies.join('\n') },
            ]);
        });
        await check('no line stands in clear in the data folder or the log', async () => {
            await this.#server.stop();
            mustNotTell(this.#lines, filesUnder(this.#server.data));
            const log = this.#options.log;
            mustNotTell(this.#lines, [{ where: log, bytes: fs.readFileSync(log) }]);
        });
        await check('no page met an unhandled error', () => {
            const faults = [first, second, this.newDevice].flatMap((person) => person.faults);
            if (faults.length > 0) {
                throw new Error(faults.slice(0, 10).join('\n'));
            }
        });
    }

    #count() {
        const sorted = this.#sayMs.toSorted((a, b) => a - b);
        const at = (part) => Math.round(sorted[Math.floor((sorted.length - 1) * part)] ?? 0);
        Object.assign(this.#checks.counts, {
            lines: this.#said.length,
            kills: this.#kills.readyMs.length,
            resent: this.#resent,
            sayMs: { p50: at(0.5), p95: at(0.95), max: at(1) },
            readyAfterKillMs: this.#kills.readyMs,
            downMs: this.#kills.downMs,
        });
    }
}

function bound(checks) {
    return {
        check: (name, body) => checks.check(name, body),
        mustHold: (name, body) => checks.mustHold(name, body),
    };
}
