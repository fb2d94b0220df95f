// One life of records, through which everything is killed once: rooms are bound, events and letters
// archived, leaves made, a case carried through, its dossier written, released, opened and sealed.
// After each death it is checked what is there, and that going on completes it.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { call } from '../lib/http.mjs';
import { Dossier } from './dossier.mjs';
import { ROOT } from './house.mjs';
import { checkpoint, leaves, root } from './log.mjs';

const ROOMS = 3;
const SENDS_MAX = 400;
const CASE = 'org.chancery.case_notice';
const VERIFIER = path.join(ROOT, 'verifier/target/verifier/verifier.jar');
const TOLD_MAX = 1_000;

const encoded = encodeURIComponent;

const lines = (file) => {
    const text = fs.readFileSync(file, 'utf8').trim();
    return text === '' ? [] : text.split('\n').map((line) => JSON.parse(line));
};

export class Life {
    constructor(house, blows, number) {
        this.house = house;
        this.blows = blows;
        this.number = number;
        this.faults = [];
        this.told = [];
        this.seen = [];
        this.chats = house.chats;
    }

    fault(what) {
        this.faults.push(what);
    }

    must(holds, what) {
        if (!holds) this.fault(what);
    }

    tell(stage, { when }, what) {
        this.told.push(`${stage} killed ${when}: ${what}`);
    }

    async run() {
        await this.bind();
        await this.archive();
        await this.leaf();
        await this.askForCase();
        await this.dossier();
        if (this.house.opens) {
            await this.releases();
            await this.opens();
            await this.seals();
        }
    }

    // ------------------------------------------------------------ the server, killed

    async strikeServer(stage, act, lasts, steps) {
        this.seen.push(checkpoint(this.house.log));
        const blow = await this.blows.strike(stage, this.number, {
            act,
            lasts,
            steps,
            kill: () => this.house.server.kill(),
        });
        this.seen.push(checkpoint(this.house.log));
        const refused = blow.fault?.message ?? '';
        this.must(!/: \d{3} /.test(refused), refused);
        return blow;
    }

    /** The log was only added to, has nothing twice, and each room's leaves are in a row. */
    checkLog() {
        const all = leaves(this.house.log);
        const hashes = all.map((leaf) => leaf.hash);
        for (const { size, root: before } of this.seen) {
            const now = size === 0 ? '' : root(hashes.slice(0, size)).toString('base64');
            this.must(size <= hashes.length && now === before, `the log of ${size} was rewritten`);
        }
        this.must(
            new Set(hashes.map((hash) => hash.toString('hex'))).size === hashes.length,
            'a leaf is in the log twice',
        );
        const next = new Map();
        for (const { json } of all.filter((one) => one.json.type === 'org.chancery.room_leaf.v1')) {
            const due = next.get(json.room_id) ?? 0;
            this.must(json.number === due, `leaf ${json.number} of a room where ${due} is due`);
            next.set(json.room_id, due + 1);
        }
        return all.map((leaf) => leaf.json);
    }

    // ------------------------------------------------------------ binding

    async bind() {
        const { house } = this;
        const before = await house.recordRooms();
        const left = (await house.admin('GET', '/stock')).left;
        const acked = [];
        const make = async (name) => {
            const made = await house.client('mara', 'POST', '/createRoom', {
                name,
                preset: 'private_chat',
                initial_state: [
                    { type: 'org.chancery.room_class', state_key: '', content: { class: 'work' } },
                ],
            });
            acked.push(made.room_id);
        };
        const names = Array.from({ length: ROOMS - 1 }, (_, i) => `life ${this.number}.${i}`);
        const chat = await house.client('mara', 'POST', '/createRoom', { preset: 'private_chat' });
        this.chats.add(chat.room_id);
        const replace = async () => {
            const where = `/_chancery/client/v1/rooms/${encoded(chat.room_id)}/record_room`;
            acked.push((await house.as('mara', 'POST', where, {})).replacement_room);
        };
        const act = () => Promise.all([...names.map(make), replace()]);
        const blow = await this.strikeServer('binding', act, 300);
        await house.server.start();
        const rooms = await house.recordRooms();
        const known = new Set(before.map((room) => room.room_id));
        const made = rooms.filter((room) => !known.has(room.room_id));
        this.tell('binding', blow, `${acked.length} of ${ROOMS} answered, ${made.length} made`);
        await this.checkBound(rooms, made, { acked, left });
        const add = async (making) => {
            await making();
            made.push((await house.recordRooms()).find((one) => one.room_id === acked.at(-1)));
        };
        if (!(await this.replacedBy(chat.room_id, made))) await add(replace);
        while (made.length < 2) await add(() => make(`life ${this.number}.more`));
        this.rooms = made;
    }

    /** The one room that has taken the place of a chat, which is closed then and only then. */
    async replacedBy(chat, made) {
        const { house } = this;
        const state = (room, type) =>
            house.client('mara', 'GET', `/rooms/${encoded(room)}/state/${type}/`);
        const creates = await Promise.all(made.map((room) => state(room.room_id, 'm.room.create')));
        const by = made.filter((_, i) => creates[i].predecessor?.room_id === chat);
        this.must(by.length <= 1, `${by.length} rooms replace one chat`);
        if (by.length === 0) {
            const closed = await state(chat, 'm.room.tombstone').catch((open) => open);
            this.must(closed instanceof Error, 'a chat is closed and nothing replaces it');
            return false;
        }
        let tombstone;
        await house.eventually('the end of the chat', async () => {
            tombstone = await state(chat, 'm.room.tombstone');
            return true;
        });
        this.must(tombstone.replacement_room === by[0].room_id, 'a chat leads to another room');
        return true;
    }

    async checkBound(rooms, made, { acked, left }) {
        const { house } = this;
        const ids = new Set(rooms.map((room) => room.room_id));
        for (const of of ['archive_user', 'number', 'device_id']) {
            const all = new Set(rooms.map((room) => room[of]));
            this.must(all.size === rooms.length, `two rooms have one ${of}`);
        }
        for (const id of acked) this.must(ids.has(id), `${id} was acknowledged and is not there`);
        const now = (await house.admin('GET', '/stock')).left;
        this.must(left - now === made.length, `${left - now} identities for ${made.length} rooms`);
        const { joined_rooms: joined } = await house.client('mara', 'GET', '/joined_rooms');
        for (const id of joined.filter((one) => !this.chats.has(one))) {
            this.must(ids.has(id), `${id} is a room without a binding`);
        }
        for (const room of made) await this.checkWhole(room);
        await house.eventually('the bindings in the log', () => {
            const log = this.checkLog();
            const bound = log.filter((one) => one.type === 'org.chancery.archive_binding.v1');
            for (const of of ['room_id', 'user_id', 'number']) {
                const all = new Set(bound.map((one) => one[of]));
                this.must(all.size === bound.length, `the log binds one ${of} twice`);
            }
            return bound.length === rooms.length;
        });
    }

    async checkWhole(room) {
        const { house } = this;
        const state = await house.client('mara', 'GET', `/rooms/${encoded(room.room_id)}/state`);
        const of = (type, key) =>
            state.find((event) => event.type === type && event.state_key === key)?.content;
        const mara = house.people.mara.user_id;
        this.must(of('org.chancery.room_class', '')?.class === 'work', 'a room without its class');
        this.must(of('m.room.encryption', '') !== undefined, 'a room that is not encrypted');
        for (const user of [room.archive_user, mara]) {
            this.must(of('m.room.member', user)?.membership === 'join', `${user} is not in a room`);
        }
        const keys = await house.client('mara', 'POST', '/keys/query', {
            device_keys: { [room.archive_user]: [] },
        });
        const devices = Object.keys(keys.device_keys[room.archive_user] ?? {});
        this.must(devices.join() === room.device_id, `the archive has the devices ${devices}`);
        const device = keys.device_keys[room.archive_user]?.[room.device_id];
        room.curve25519 = device?.keys[`curve25519:${room.device_id}`];
    }

    // ------------------------------------------------------------ archiving

    async archive() {
        const { house } = this;
        await house.settled();
        for (const room of this.rooms.filter((one) => !one.curve25519)) await this.checkWhole(room);
        this.kept = new Map(
            this.rooms.map((room) => [room.room_id, { events: [], letters: [], open: [] }]),
        );
        const loops = this.rooms.flatMap((room) => [
            this.sends(room, 'events', (text) => this.event(room, text)),
            this.sends(room, 'letters', (text) => this.letter(room, text)),
        ]);
        const act = () => Promise.all(loops.map((loop) => loop()));
        const blow = await this.strikeServer('archiving', act, 1_500);
        const acked = [...this.kept.values()];
        const sum = (kind) => acked.reduce((all, one) => all + one[kind].length, 0);
        this.tell('archiving', blow, `${sum('events')} events, ${sum('letters')} letters answered`);
        const unsound = await house.server.fsck();
        this.must(unsound === '', unsound);
    }

    /** One after the other until the server is gone; what was not answered is to be sent again. */
    sends(room, kind, send) {
        const kept = this.kept.get(room.room_id);
        return async () => {
            for (let i = 0; i < SENDS_MAX; i++) {
                const text = `life${this.number}x${kind}x${i}x`;
                try {
                    await send(text);
                } catch (gone) {
                    this.must(!/: \d{3} /.test(gone.message), gone.message);
                    kept.open.push({ kind, text, send });
                    return;
                }
                kept[kind].push(text);
            }
        };
    }

    event(room, text) {
        const path = `/rooms/${encoded(room.room_id)}/send/m.room.encrypted/${text}`;
        const message = Buffer.concat([Buffer.of(3, 8, 0), Buffer.from(text.padEnd(200, '.'))]);
        return this.house.client('mara', 'PUT', path, {
            algorithm: 'm.megolm.v1.aes-sha2',
            ciphertext: message.toString('base64').replaceAll('=', ''),
            device_id: this.house.people.mara.device_id,
            sender_key: Buffer.alloc(32, 7).toString('base64').replaceAll('=', ''),
            session_id: Buffer.alloc(32, this.number % 251).toString('base64').replaceAll('=', ''),
        });
    }

    letter(room, text) {
        const name = `${text}${room.number}`;
        const content = {
            algorithm: 'm.olm.v1.curve25519-aes-sha2',
            sender_key: Buffer.alloc(32, 7).toString('base64').replaceAll('=', ''),
            ciphertext: {
                [room.curve25519]: { type: 0, body: Buffer.from(text).toString('base64') },
            },
        };
        const messages = { [room.archive_user]: { [room.device_id]: content } };
        return this.house.client('mara', 'PUT', `/sendToDevice/m.room.encrypted/${name}`, {
            messages,
        });
    }

    // ------------------------------------------------------------ leaf

    /** At its start the server makes the leaves that are due, which is where it dies again. */
    async leaf() {
        const { house } = this;
        const before = checkpoint(house.log).size;
        const arriving = path.join(house.server.data, 'log/arriving');
        const grown = () => checkpoint(house.log).size >= before + this.rooms.length;
        const tiles = path.join(house.log, 'tile/0');
        const wide = () => (fs.existsSync(tiles) ? fs.readdirSync(tiles, { recursive: true }) : []);
        const old = new Set(wide());
        const begin = async () => {
            await house.server.start();
            await house.eventually('the leaves of the hour', grown);
        };
        const steps = {
            'files of the log arrive': () => fs.readdirSync(arriving).length > 0,
            'a tile is in its place': () => wide().some((name) => !old.has(name)),
            'the checkpoint is in its place': () => checkpoint(house.log).size > before,
        };
        const blow = await this.strikeServer('leaf', begin, 1_200, steps);
        const now = checkpoint(house.log).size;
        this.tell('leaf', blow, `${now - before} leaves in the log`);
        const unsound = await house.server.fsck();
        this.must(unsound === '', unsound);
        await this.blows.measured('leaf again', begin);
        this.checkLog();
        await this.sendAgain();
    }

    /** As clients do, with the transaction of before. */
    async sendAgain() {
        for (const kept of this.kept.values()) {
            for (const { kind, text, send } of kept.open) {
                await send(text);
                kept[kind].push(text);
            }
        }
    }

    // ------------------------------------------------------------ case

    async askForCase() {
        const { house } = this;
        const officer = (name) => ({ name, signing_key: house.officers[name].signingKey });
        const talked = house.talked ? [house.talked] : [];
        const until = Date.now() + 3_600_000;
        const scope = [...talked, ...this.rooms.map((one) => ({ room: one.room_id, until }))];
        this.reference = `2026-${this.number}`;
        const held = await house.admin('POST', '/cases', {
            ground: {
                kind: 'oversight',
                reference: this.reference,
                article: 'article 5',
                necessity: 'no lesser means',
            },
            scope: scope.map((part) => ({
                room_id: part.room,
                from: house.began,
                until: part.until,
            })),
            reading_room: house.readingRoom,
            requester: officer('Ruth'),
            approver: { ...officer('Anton'), user_id: house.people.anton.user_id },
        });
        this.case = { id: held.case_id, entry: held.entry, parts: scope.map((one) => one.room) };
        await this.signed('Ruth', 'ruth', 'request', 'requested');
        await this.signed('Anton', 'anton', 'approval', 'approved');
        await this.checkCase();
    }

    async signed(name, user, act, state) {
        const { house } = this;
        const signature = await house.officers[name].signs(this.case.entry);
        const where = `/_chancery/admin/v1/cases/${this.case.id}`;
        const sign = () => house.as(user, 'PUT', `${where}/${act}`, { signature });
        const blow = await this.strikeServer(act, sign, act === 'approval' ? 300 : 30);
        await house.server.start();
        const now = (await house.as(user, 'GET', where)).state;
        this.tell(act, blow, `${blow.answer ? 'answered' : 'not answered'}, ${now}`);
        this.must(!blow.answer || now === state, `${act} was answered and is ${now}`);
        const again = await sign();
        this.case.entry = again.entry;
        this.must(again.state === state, `${act} again is ${again.state}`);
    }

    async checkCase() {
        const { house } = this;
        const where = `/cases/${this.case.id}`;
        await house.eventually('the case prepared and its rooms told', async () => {
            const held = await house.admin('GET', where);
            return held.prepared && held.noticed_at !== undefined;
        });
        await house.eventually('the case witnessed', () => house.admin('GET', `${where}/proof`));
        const digests = new Set();
        for (const room of this.case.parts) {
            const id = encoded(room);
            const told = `/rooms/${id}/state/${CASE}/${this.case.id}`;
            const notice = await house.client('mara', 'GET', told);
            digests.add(notice.case);
            const back = `/rooms/${id}/messages?dir=b&limit=${TOLD_MAX}`;
            const page = await house.client('mara', 'GET', back);
            const messages = page.chunk.filter(
                ({ type, content }) =>
                    type === 'm.room.message' && content.body?.includes(`(${this.reference})`),
            );
            this.must(messages.length === 1, `${messages.length} notices in a room`);
        }
        const log = this.checkLog();
        const cases = log.filter(
            (one) => one.type === 'org.chancery.case.v1' && one.ground.reference === this.reference,
        );
        this.must(cases.length === 1, `${cases.length} leaves of the case`);
        for (const step of ['requested', 'noticed']) {
            const steps = log.filter(
                (one) =>
                    one.type === 'org.chancery.case_step.v1' &&
                    digests.has(one.case) &&
                    one.step === step,
            );
            this.must(steps.length === 1, `${steps.length} leaves say ${step}`);
        }
        await this.checkDevices();
    }

    /** The device that the case concerns was replaced once, by one that no other room has. */
    async checkDevices() {
        const all = await this.house.recordRooms();
        const devices = new Set(all.map((room) => room.device_id));
        this.must(devices.size === all.length, 'two rooms have one device');
        for (const room of this.rooms) {
            const shown = await this.house.admin('GET', `/record_rooms/${encoded(room.room_id)}`);
            const terms = shown.devices.map((term) => term.cause).join();
            this.must(terms === 'making,opening', `the devices of a room: ${terms}`);
        }
    }

    // ------------------------------------------------------------ dossier

    async dossier() {
        const { house } = this;
        const where = `/cases/${this.case.id}/dossier`;
        const place = path.join(house.server.data, 'dossiers', this.case.id);
        const give = () => house.admin('POST', where, {});
        const steps = {
            'its first room is begun': () => fs.existsSync(path.join(place, 'rooms/000/events')),
            'its second room is begun': () => fs.existsSync(path.join(place, 'rooms/001')),
            'it is whole': () => fs.existsSync(path.join(place, 'dossier.json')),
        };
        const blow = await this.strikeServer('dossier', give, 200, steps);
        const whole = fs.existsSync(path.join(place, 'dossier.json'));
        const answered = blow.answer ? 'answered' : 'not answered';
        this.tell('dossier', blow, `${answered}, ${whole ? 'whole' : 'not whole'}`);
        this.must(!blow.answer || whole, 'a dossier was answered that is not whole');
        if (whole) this.checkDossier(place);
        else if (house.opens) {
            await this.refused('a half dossier', this.releaseWords(place, 'Ada', 'none'), 'Ada');
        }
        await house.server.start();
        const token = house.people.ruth.access_token;
        const download = `${house.server.url}/_chancery/admin/v1${where}`;
        const fetched = await call('GET', download, { token });
        this.must((fetched.status === 200) === whole, `a download of it is ${fetched.status}`);
        await this.blows.measured('dossier again', give);
        this.checkDossier(place);
        this.place = place;
        this.checkLog();
    }

    /** All that was acknowledged is in it once, in the order of its sender. */
    checkDossier(place) {
        const dossier = new Dossier(place);
        this.rooms.forEach((room) => {
            const kept = this.kept.get(room.room_id);
            const found = dossier.room(this.case.parts.indexOf(room.room_id));
            for (const kind of ['events', 'letters']) {
                const [all, own] = [found[kind], kept[kind]];
                const counts = `of ${own.length} ${kind} the archive has ${all.length}`;
                this.must(all.join() === own.join(), `${counts}, or in another order`);
            }
        });
    }

    // ------------------------------------------------------------ custodians and archivist

    get pinned() {
        const officers = ['--officer', 'Ruth.card', '--officer', 'Anton.card'];
        return ['--stock', 'stock/public', '--policy', 'policy', ...officers];
    }

    releaseWords(place, name, out) {
        const { custody } = this.house;
        const where = ['--reading-room', 'archivist.card', '--shares', custody.shares(name)];
        return ['case', 'release', '--case', place, ...this.pinned, ...where, '--out', out];
    }

    /** An act that must end with a refusal. */
    async refused(what, words, name) {
        try {
            await this.house.custody.withKey(words, name);
            this.fault(`${what} was taken`);
        } catch (refusal) {
            this.must(refusal.message.includes('ended with 1'), `${what}: ${refusal.message}`);
        }
    }

    /** Kills an act of the custodians' program; what it makes must not be there by halves. */
    async strikeAct(stage, words, name, out, { lasts, steps }) {
        const { custody } = this.house;
        let act;
        const blow = await this.blows.strike(stage, this.number, {
            lasts,
            steps,
            act: () => {
                act = custody.beginWithKey(words, name);
                return act.ended;
            },
            kill: async () => {
                act.child.kill('SIGKILL');
                await act.ended.catch((killed) => killed);
            },
        });
        const there = fs.existsSync(custody.file(out));
        const draft = fs.existsSync(custody.file(`${out}.unfinished`));
        this.tell(stage, blow, there ? 'whole' : draft ? 'a draft is left' : 'nothing is left');
        this.must(!blow.answer || there, `${stage} ended well and left nothing`);
        return there;
    }

    async releases() {
        const { custody } = this.house;
        const names = ['Ada', 'Cleo', 'Eve'];
        this.released = names.map((name) => `release-${this.number}-${name}`);
        const [out] = this.released;
        const places = [custody.file(`${out}.unfinished`), custody.file(out)];
        const words = this.releaseWords(this.place, 'Ada', out);
        const whole = await this.strikeAct('release', words, 'Ada', out, {
            lasts: 1_200,
            steps: {
                'its folder is begun': () => places.some((each) => fs.existsSync(each)),
                'one room of it is written': () =>
                    places.some((each) => fs.existsSync(each) && fs.readdirSync(each).length > 0),
            },
        });
        const rest = names.filter((name) => !whole || name !== 'Ada');
        await Promise.all(
            rest.map((name) => {
                const to = `release-${this.number}-${name}`;
                return custody.withKey(this.releaseWords(this.place, name, to), name);
            }),
        );
        for (const each of this.released) {
            const files = fs.readdirSync(custody.file(each)).length;
            this.must(files === this.case.parts.length, `a release of ${files} rooms`);
            this.must(!fs.existsSync(custody.file(`${each}.unfinished`)), 'a draft stays');
        }
    }

    async opens() {
        const { custody } = this.house;
        const out = `export-${this.number}`;
        const draft = custody.file(`${out}.unfinished`);
        const words = ['open-case', '--dossier', this.place, ...this.pinned, '--out', out];
        words.push(...this.released.flatMap((each) => ['--release', each]));
        const at = (...names) => () => fs.existsSync(path.join(draft, ...names));
        const whole = await this.strikeAct('opening', words, 'archivist', out, {
            lasts: 2_000,
            steps: {
                'its draft is begun': at(),
                'messages are written in clear': at('000/room/messages.jsonl'),
                'one room is read, another is not': at('to-log/000-export.json'),
            },
        });
        if (!whole && fs.existsSync(path.join(draft, '000'))) {
            this.must(this.verify(`${out}.unfinished/000`) !== 0, 'the verifier takes a draft');
        }
        if (!whole) await custody.withKey(words, 'archivist');
        this.must(!fs.existsSync(draft), 'a draft with what was opened stays');
        this.out = out;
    }

    verify(folder) {
        const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
        const { custody } = this.house;
        const given = { cwd: custody.folder, encoding: 'utf8' };
        const { status, stdout } = spawnSync(java, ['-jar', VERIFIER, folder, 'policy'], given);
        this.verifierSaid = stdout;
        return status;
    }

    async seals() {
        const { house } = this;
        const { custody } = house;
        this.must(this.verify(`${this.out}/000`) !== 0, 'the verifier takes what is not logged');
        const proofs = {};
        for (const kind of ['pieces', 'export']) {
            const file = custody.file(this.out, `to-log/000-${kind}.json`);
            const json = JSON.parse(fs.readFileSync(file, 'utf8'));
            const give = () => house.admin('PUT', `/cases/${this.case.id}/outcome`, json);
            if (kind === 'export') {
                const blow = await this.strikeServer('outcome', give, 100);
                await house.server.start();
                this.tell('outcome', blow, blow.answer ? 'answered' : 'not answered');
                proofs.first = blow.answer?.index;
            }
            let last;
            await house.eventually('a proof of the outcome', async () => {
                last = await give();
                return true;
            });
            this.must((proofs.first ?? last.index) === last.index, 'an outcome has two places');
            proofs[kind] = `proof-${this.number}-${kind}`;
            fs.writeFileSync(custody.file(proofs[kind]), last.proof);
        }
        await this.seal(proofs);
        this.checkLog();
    }

    async seal(proofs) {
        const { custody } = this.house;
        const words = ['case', 'seal', '--export', `${this.out}/000`, '--policy', 'policy'];
        words.push('--proof', proofs.export, '--pieces-proof', proofs.pieces);
        const first = custody.file(this.out, '000/pieces.tlog-proof');
        const blow = await this.blows.strike('sealing', this.number, {
            lasts: 700,
            steps: { 'one proof of two is there': () => fs.existsSync(first) },
            act: () => {
                this.act = custody.begin(words);
                return this.act.ended;
            },
            kill: async () => {
                this.act.child.kill('SIGKILL');
                await this.act.ended.catch((killed) => killed);
            },
        });
        const sealed = fs.existsSync(custody.file(this.out, '000/export.tlog-proof'));
        this.tell('sealing', blow, sealed ? 'sealed' : 'not sealed');
        if (!sealed) {
            this.must(this.verify(`${this.out}/000`) !== 0, 'the verifier takes half a seal');
            await custody.run(words);
        }
        const status = this.verify(`${this.out}/000`);
        this.must(status === 0, `the verifier says ${status}: ${this.verifierSaid}`);
        const read = lines(custody.file(this.out, '000/room/messages.jsonl')).length;
        const { messages } = this.house.talked;
        this.must(read === messages, `${read} of ${messages} messages are in the export`);
    }
}
