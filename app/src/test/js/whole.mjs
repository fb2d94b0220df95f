// A long talk in a record room, by matrix-js-sdk as it is published: three people, a fourth who
// joins and leaves, a second device midway, edits, redactions and encrypted files; and a word in
// another record room.
//
//     node whole.mjs SDK SERVER OUT < GIVEN
//
// GIVEN is a JSON object with four people (user_id, device_id, access_token), their password, the
// token of an administrator and how many messages are sent. All that was sent goes to the file OUT.
import { createHash, webcrypto } from "node:crypto";
import { writeFileSync } from "node:fs";
import {
    archiveOf,
    given,
    join,
    membership,
    out,
    rotate,
    server,
    settled,
    start,
    startSigned,
    until,
    WORK,
} from "./clients.mjs";

const EDIT_EACH = 9;
const FILE_EACH = 14;
const REDACT_EACH = 23;
const COUNTER_BITS = 64;

const base64 = (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");
const sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const sent = [];
const redacted = [];

// Encrypts and uploads a file (client-server API, "Sending encrypted attachments").
async function upload(client, plain) {
    const usages = ["encrypt", "decrypt"];
    const algorithm = { name: "AES-CTR", length: 256 };
    const key = await webcrypto.subtle.generateKey(algorithm, true, usages);
    const counter = new Uint8Array(16);
    webcrypto.getRandomValues(counter.subarray(0, 8));
    const cipher = new Uint8Array(
        await webcrypto.subtle.encrypt({ name: "AES-CTR", counter, length: COUNTER_BITS }, key, plain),
    );
    const { content_uri } = await client.uploadContent(new Blob([cipher]), {
        type: "application/octet-stream",
    });
    return {
        v: "v2",
        url: content_uri,
        key: await webcrypto.subtle.exportKey("jwk", key),
        iv: base64(counter),
        hashes: { sha256: base64(sha256(cipher)) },
    };
}

async function say(client, room, half, content, more = {}) {
    const { event_id } = await client.sendMessage(room, content);
    const { ed25519, curve25519 } = await client.getCrypto().getOwnDeviceKeys();
    const from = { sender: client.getUserId(), ed25519, curve25519 };
    sent.push({ event_id, room, half, body: content.body, ...from, ...more });
    return event_id;
}

async function sayFile(client, room, half, name) {
    const plain = Buffer.from(`${name}\n`.repeat(1 + (sent.length % 500)));
    const file = await upload(client, plain);
    const content = { msgtype: "m.file", body: name, file, info: { size: plain.length } };
    await say(client, room, half, content, { sha256: base64(sha256(plain)) });
}

// The clients speak in turn; of some messages there is an edit, some are redacted.
async function talk(clients, room, half, count) {
    for (let left = count; left > 0; left--) {
        const number = sent.length;
        const client = clients[number % clients.length];
        if (number % FILE_EACH === FILE_EACH - 1) {
            await sayFile(client, room, half, `file-${number}.txt`);
            continue;
        }
        const body = `message ${number} of half ${half}, with <b>signs</b> & the like`;
        const event_id = await say(client, room, half, { msgtype: "m.text", body });
        if (number % EDIT_EACH === EDIT_EACH - 1 && left > 1) {
            left--;
            await say(client, room, half, {
                msgtype: "m.text",
                body: `* ${body}, amended`,
                "m.new_content": { msgtype: "m.text", body: `${body}, amended` },
                "m.relates_to": { rel_type: "m.replace", event_id },
            });
        }
        if (number % REDACT_EACH === REDACT_EACH - 1) {
            await client.redactEvent(room, event_id);
            redacted.push(event_id);
        }
    }
}

async function secondDevice(person) {
    const answer = await fetch(`${server}/_matrix/client/v3/login`, {
        method: "POST",
        body: JSON.stringify({
            type: "m.login.password",
            identifier: { type: "m.id.user", user: person.user_id },
            password: given.password,
        }),
    });
    return await start(await answer.json());
}

const [alice, bob, carol, dave] = await Promise.all(
    given.people.map((person) => startSigned(person)),
);
const three = [alice, bob, carol];
const { room_id: room } = await alice.createRoom({
    name: "The case",
    preset: "private_chat",
    invite: [bob.getUserId(), carol.getUserId()],
    initial_state: [WORK],
});
await join(bob, room);
await join(carol, room);
await settled(three, room);

const quarter = Math.floor(given.messages / 4);
await talk(three, room, 1, quarter);
await alice.invite(room, dave.getUserId());
await join(dave, room);
await settled([...three, dave], room);
await talk([...three, dave], room, 1, quarter);
const turned = Date.now() + 1;
const device = await rotate(three, room, sent[0].event_id);

const other = await secondDevice(given.people[1]);
await settled([...three, other], room);
await talk([...three, dave, other], room, 2, quarter);
await dave.leave(room);
for (const client of [...three, other]) {
    await until(
        client,
        "that Dave has left",
        () => membership(client, room, dave.getUserId()) === "leave",
    );
}
await talk([...three, other], room, 2, given.messages - sent.length);

const read = [];
for (const one of sent.filter((one) => one.half === 2 && !redacted.includes(one.event_id))) {
    const event = () => carol.getRoom(room)?.findEventById(one.event_id);
    await until(carol, "a message", () => event()?.getContent()?.body !== undefined);
    read.push(one.event_id);
}

const { room_id: pair } = await carol.createRoom({
    name: "Another case",
    preset: "private_chat",
    invite: [bob.getUserId()],
    initial_state: [WORK],
});
await join(bob, pair);
await settled([carol, bob], pair);
const elsewhere = [];
for (const client of [carol, bob]) {
    elsewhere.push((await client.sendTextMessage(pair, "a word elsewhere")).event_id);
}

const archive = archiveOf(alice, room);
const told = { room, pair, archive, device, turned, sent, redacted, elsewhere, read };
writeFileSync(out, JSON.stringify(told));
process.exit(0);
