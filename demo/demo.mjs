// `./dev demo`: an example organisation in one command. Five custodians in two houses hold a
// ceremony and rehearse an opening; people talk in a record room; a case is asked for by one and
// approved by another; three custodians open it; who trusts nobody checks the export; and it is
// redacted, and packed for an archive. All of it is the real thing: server, custodians' program,
// verifier, and matrix-js-sdk as it is published.
import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Custody, giveStock, HOUSES, QUORUM, soon } from '../e2e/lib/custody.mjs';
import { ask } from '../e2e/lib/http.mjs';
import { freePort, Server } from '../e2e/lib/server.mjs';
import { talk } from './talk.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const MARK = 'example-organisation.json';
const NAME = 'westhaven.example';
const IDENTITIES = 5;
const ADMIN = '/_chancery/admin/v1';
const CLIENT = '/_matrix/client/v3';
const PASSWORD = 'a short sentence works well';
const DAY_MS = 86_400_000;

const began = performance.now();
let steps = 0;

/** The SDK says much of what it does on whatever it finds to write to, which would hide the play. */
for (const stream of [process.stdout, process.stderr]) stream.write = () => true;

function tell(text) {
    fs.writeSync(1, `${text}\n`);
}

function say(text) {
    const seconds = String(Math.round((performance.now() - began) / 1000)).padStart(3);
    tell(`${seconds} s  ${++steps}. ${text}`);
}

/** A fresh folder, or what an earlier run has left: finished, or to be made anew. */
function begin(folder) {
    const mark = path.join(folder, MARK);
    if (fs.existsSync(mark)) {
        const kept = JSON.parse(fs.readFileSync(mark, 'utf8'));
        if (kept.finished) return kept;
        fs.rmSync(folder, { recursive: true });
    } else if (fs.existsSync(folder) && fs.readdirSync(folder).length > 0) {
        throw new Error(`${folder} holds something else: name another folder`);
    }
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(mark, JSON.stringify({ finished: false }));
    return undefined;
}

function serverIn(folder, name, port, settings) {
    const given = Object.entries(settings).map(([key, value]) => `${key}='${value}' `);
    return new Server({
        command:
            `cd '${ROOT}' && CHANCERY_DATA='{data}' CHANCERY_PORT={port} ${given.join('')}` +
            'exec sh app/target/chancery/bin/chancery serve',
        data: path.join(folder, name),
        port,
        log: path.join(folder, `${name}.log`),
    });
}

const health = (url) => ask('GET', `${url}/_chancery/health`);

/** The server, and a neighbour's that witnesses its log: what it logs can't be taken back unseen. */
async function servers(folder) {
    const [port, beside] = [await freePort(), await freePort()];
    const first = serverIn(folder, 'server', port, { CHANCERY_SERVER_NAME: NAME });
    await first.start();
    const { key } = (await health(first.url)).log;
    const ruth = await soon('the link of the first administrator', () => administrator(first));
    await first.stop();
    const neighbour = serverIn(folder, 'neighbour', beside, {
        CHANCERY_SERVER_NAME: 'harbour.example',
        CHANCERY_WITNESSED_LOGS: key,
    });
    await neighbour.start();
    const witness = (await health(neighbour.url)).witness.key;
    const lines = `witness harbour ${witness} ${neighbour.url}/_chancery/witness\nquorum harbour\n`;
    fs.writeFileSync(path.join(folder, 'witnesses'), lines);
    const server = serverIn(folder, 'server', port, {
        CHANCERY_SERVER_NAME: NAME,
        CHANCERY_LOG_POLICY: path.join(folder, 'witnesses'),
        CHANCERY_INSIDE_HOSTS: `127.0.0.1:${beside}`,
    });
    await server.start();
    const policy = `log ${key}\n${lines}`;
    return { all: [neighbour, server], url: server.url, policy, ruth };
}

/** The first account comes by the link that the first start leaves in the data folder. */
async function administrator(server) {
    const link = fs.readFileSync(path.join(server.data, 'first-admin'), 'utf8').trim();
    return await join(server.url, 'Ruth', link.slice(link.indexOf('token=') + 6));
}

/** An account by a link that works once, as everybody gets one. */
async function join(url, name, token) {
    const auth = { type: 'm.login.registration_token', token };
    const json = { username: name.toLowerCase(), password: PASSWORD, auth };
    return await ask('POST', `${url}${CLIENT}/register`, { json });
}

async function people(url, ruth) {
    const token = ruth.access_token;
    const sessions = { Ruth: ruth };
    for (const name of ['Anton', 'Mara', 'Jonas']) {
        const json = { uses_allowed: 1, expires_in_ms: DAY_MS };
        const made = await ask('POST', `${url}${ADMIN}/invitations`, { token, json });
        sessions[name] = await join(url, name, made.link.slice(made.link.indexOf('token=') + 6));
    }
    return sessions;
}

/** An opening is tried on an identity that never gets a room; the log has when, and what came of it. */
async function rehearse(custody, url, token) {
    const { stock, identities } = custody.entry();
    const of = ['--order', 'rehearsal', '--stock', 'stock/public', '--policy', 'policy'];
    const what = ['--purpose', 'rehearsal', '--identity', String(identities)];
    const why = ['--proof', 'stock.proof', '--reason', 'to know that it works'];
    const made = ['--stock', 'stock/public', '--desk', 'desk.card', '--out', 'rehearsal'];
    await custody.run(['ceremony', 'order', ...what, ...why, ...made]);
    for (const name of ['Ben', 'Dan']) {
        await custody.withKey(['ceremony', 'sign', ...of, '--desk', 'desk.card'], name);
    }
    const released = ['Cleo', 'Dan', 'Eve'].map(async (name) => {
        const out = `rehearsal-${name}`;
        const words = ['ceremony', 'release', ...of, '--shares', custody.shares(name)];
        await custody.withKey([...words, '--out', out], name);
        return ['--release', out];
    });
    const releases = (await Promise.all(released)).flat();
    const words = ['ceremony', 'rehearse', ...of, ...releases, '--out', 'rehearsal.json'];
    const { out } = await custody.withKey(words, 'desk');
    const read = (name) => JSON.parse(fs.readFileSync(custody.file(name), 'utf8'));
    const json = { entry: read('rehearsal.json'), order: read('rehearsal') };
    await ask('PUT', `${url}${ADMIN}/stock/${stock}/reports`, { token, json });
    return out;
}

/** A case, from the draft to its leaf in the log. */
async function openCase(custody, url, sessions, room) {
    const token = sessions.Ruth.access_token;
    const now = Date.now();
    const officer = (name) => {
        const { signing_key } = custody.card(name);
        return { name, signing_key };
    };
    const wish = {
        ground: {
            kind: 'freedom_of_information',
            reference: '2026-014',
            article: 'Open Government Act, article 4.1',
            necessity: 'An objection asks for it; no other record of the decision exists',
        },
        scope: [{ room_id: room, from: now - DAY_MS, until: now + DAY_MS }],
        reading_room: custody.card('archivist').sealing_key,
        requester: officer('Ruth'),
        approver: { ...officer('Anton'), user_id: sessions.Anton.user_id },
    };
    const held = await ask('POST', `${url}${ADMIN}/cases`, { token, json: wish });
    const one = `${url}${ADMIN}/cases/${held.case_id}`;
    fs.writeFileSync(custody.file('case.json'), JSON.stringify(held.entry));
    for (const [name, act, mine] of [
        ['Ruth', 'request', 'requested'],
        ['Anton', 'approval', 'approved'],
    ]) {
        await custody.withKey(['case', 'sign', '--case', 'case.json'], name);
        const { signers } = JSON.parse(fs.readFileSync(custody.file('case.json'), 'utf8'));
        const json = { signature: signers[mine] };
        await ask('PUT', `${one}/${act}`, { token: sessions[name].access_token, json });
    }
    await soon('a witnessed case', () => ask('GET', `${one}/proof`, { token }));
    return { id: held.case_id, one, token };
}

/** Three custodians release, the archivist opens, and what comes of it is logged and sealed. */
async function read(custody, { one, token }) {
    const { place } = await ask('POST', `${one}/dossier`, { token, json: {} });
    fs.cpSync(place, custody.file('dossier'), { recursive: true });
    const pinned = ['--stock', 'stock/public', '--policy', 'policy'];
    const officers = ['--officer', 'Ruth.card', '--officer', 'Anton.card'];
    const released = ['Ada', 'Cleo', 'Eve'].map(async (name) => {
        const out = `release-${name}`;
        const words = ['case', 'release', '--case', 'dossier', ...pinned, ...officers];
        const where = ['--reading-room', 'archivist.card', '--shares', custody.shares(name)];
        await custody.withKey([...words, ...where, '--out', out], name);
        return ['--release', out];
    });
    const releases = (await Promise.all(released)).flat();
    const words = ['open-case', '--dossier', 'dossier', ...pinned, ...officers, ...releases];
    const { out } = await custody.withKey([...words, '--out', 'export'], 'archivist');
    say(`Opened: ${out}`);
    const proofs = {};
    for (const file of fs.readdirSync(custody.file('export/to-log'))) {
        const leaf = fs.readFileSync(custody.file('export/to-log', file), 'utf8');
        const json = JSON.parse(leaf);
        const { proof } = await soon('a proof of what was opened', () =>
            ask('PUT', `${one}/outcome`, { token, json }),
        );
        const name = `${file}.tlog-proof`;
        fs.writeFileSync(custody.file(name), proof);
        proofs[file] = name;
    }
    return proofs;
}

async function seal(custody, proofs) {
    const of = (what) => Object.entries(proofs).find(([file]) => file.includes(what))[1];
    const words = ['case', 'seal', '--export', 'export/000', '--policy', 'policy'];
    await custody.run([...words, '--proof', of('export'), '--pieces-proof', of('pieces')]);
}

const CUT = 'They open at four in the morning.';
/** Woo, article 5.1 paragraph 2 (f): what a business says in confidence. */
const GROUND = '5.1.2f';

/** One sentence is cut out, with its ground; what is left still proves against the log. */
async function redact(custody) {
    const lines = fs.readFileSync(custody.file('export/000/room/messages.jsonl'), 'utf8').split('\n');
    const said = lines.filter(Boolean).map((line) => JSON.parse(line));
    const message = said.find((one) => one.plain?.content?.body?.includes(CUT));
    const from = message.plain.content.body.indexOf(CUT);
    const range = { event_id: message.event_id, from, ground: GROUND, path: '/content/body' };
    const texts = [{ ...range, until: from + CUT.length }];
    // Members in the order of their names: a file that is checked has one form only.
    const decisions = { pictures: [], texts, type: 'org.chancery.redactions.v1' };
    fs.writeFileSync(custody.file('redactions.json'), JSON.stringify(decisions));
    const words = ['--export', 'export/000', '--redactions', 'redactions.json'];
    await custody.run(['case', 'redact', ...words, '--out', 'redacted']);
    return judged(custody, ['redacted/redacted.json', 'policy'], 'verifier-redacted.txt');
}

/** The whole export as a bag, and as an information package; both are described in MDTO. */
async function pack(custody) {
    const what = ['--export', 'export/000', '--id', 'quay-closure', '--source', 'Westhaven'];
    const title = ['--title', 'The quay closure', '--creator', 'City of Westhaven'];
    const keep = ['--appraisal', 'B', '--restriction', 'Openbaar'];
    for (const kind of ['bagit', 'csip']) {
        const out = ['--kind', kind, '--out', `package-${kind}`];
        await custody.run(['case', 'package', ...what, ...title, ...keep, ...out]);
    }
}

/** The verifier is a program of its own, which knows no server. */
function judged(custody, of, told) {
    const java = process.env.JAVA_HOME ? path.join(process.env.JAVA_HOME, 'bin/java') : 'java';
    const program = path.join(ROOT, 'verifier/target/verifier/verifier.jar');
    const { status, stdout, stderr } = spawnSync(
        java,
        ['-jar', program, ...of],
        { cwd: custody.folder, encoding: 'utf8' },
    );
    if (status !== 0) throw new Error(`the verifier says no:\n${stdout}${stderr}`);
    fs.writeFileSync(custody.file(told), stdout);
    return stdout.split('\n').find((line) => line.startsWith('YES')) ?? '';
}

function results(folder, { messages }) {
    tell(`
${messages} messages were read by ${QUORUM} of ${Object.keys(HOUSES).length} custodians, and by nobody else.
  What was opened, to read     ${path.join(folder, 'machines/export/000/index.html')}
  The same, redacted           ${path.join(folder, 'machines/redacted/index.html')}
  What the verifier said       ${path.join(folder, 'machines/verifier.txt')}, verifier-redacted.txt
  For an archive, with MDTO    ${path.join(folder, 'machines/package-bagit')}, package-csip
  How a rehearsal went         ${path.join(folder, 'machines/rehearsal.json')}
  The machines of custodians   ${path.join(folder, 'machines')}
  Start the server             ./dev run --data=${path.join(folder, 'server')} --server-name=${NAME}
  Its console, as Ruth         http://127.0.0.1:8008/console  (ruth, ${PASSWORD})`);
}

async function play(folder, running) {
    say(`Two servers begin in ${folder}: ${NAME}, and a neighbour that witnesses its log`);
    const { all, url, policy, ruth } = await servers(folder).then((made) => {
        running.push(...made.all);
        return made;
    });
    say('Ruth administers; Anton, Mara and Jonas come by invitations');
    const sessions = await people(url, ruth);
    const custody = new Custody(path.join(folder, 'machines'));
    const token = sessions.Ruth.access_token;
    say(`The ceremony: ${Object.keys(HOUSES).join(', ')} of two houses, offline; any ${QUORUM} open`);
    await custody.makeStock(NAME, IDENTITIES);
    say('The stock is logged and witnessed, a tenth is opened to prove the rest, all count shares');
    await giveStock(custody, { url, token, policy, counting: Object.keys(HOUSES) });
    say(`An opening is rehearsed, on keys of no room: ${await rehearse(custody, url, token)}`);
    say('Mara, Jonas and Anton talk in a record room, encrypted on their devices');
    const said = await talk(url, [sessions.Mara, sessions.Jonas, sessions.Anton]);
    say('Ruth asks for an opening and Anton approves it, each with a key of their own');
    await Promise.all([
        custody.key('Ruth', 'City'),
        custody.key('Anton', 'Court'),
        custody.key('archivist', 'Archive', 'desk-key'),
    ]);
    const opened = await openCase(custody, url, sessions, said.room);
    say('The case is in the log, the room was told; Ada, Cleo and Eve release their shares for it');
    const proofs = await read(custody, opened);
    say('What came of it is logged, and the export sealed with the proofs');
    await seal(custody, proofs);
    const verdict = judged(custody, ['export/000', 'policy'], 'verifier.txt');
    say(`The verifier, which trusts nobody, says: ${verdict}`);
    say(`A sentence is cut out, with its ground; of what is left it says: ${await redact(custody)}`);
    await pack(custody);
    say('The record is packed for an archive: as BagIt and as E-ARK CSIP, described in MDTO');
    return { finished: true, messages: said.messages, case: opened.id, servers: all.length };
}

async function main() {
    const folder = path.resolve(process.argv[2] ?? path.join(ROOT, 'data-demo'));
    const kept = begin(folder);
    if (kept) {
        tell(`${folder} holds the example already.`);
        results(folder, kept);
        return;
    }
    const running = [];
    try {
        const made = await play(folder, running);
        fs.writeFileSync(path.join(folder, MARK), JSON.stringify(made));
        results(folder, made);
    } finally {
        for (const server of running) await server.stop();
    }
}

await main().then(
    () => process.exit(0),
    (fault) => {
        tell(`demo: ${fault.message}`);
        process.exit(1);
    },
);
