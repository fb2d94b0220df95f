// A talk of which every word is known to be nowhere else, by matrix-js-sdk as it is published:
// messages, edits, answers and encrypted files in a record room, and a backup of keys.
//
//     node canary.mjs SDK SERVER OUT < GIVEN
//
// GIVEN is a JSON object with three people (user_id, device_id, access_token) and how many messages
// are sent. `bound` is said when the room stands, `talking` when half is sent; nobody waits for an
// answer. What was said in secret and with which keys goes to the file OUT, and what a server must
// know.
import { createHash, randomBytes, webcrypto } from "node:crypto";
import { writeFileSync } from "node:fs";
import { given, join, out, settled, startSigned, until, WORK } from "./clients.mjs";

const EDIT_EACH = 7;
const ANSWER_EACH = 5;
const FILE_EACH = 11;
const REACT_EACH = 9;
const REDACT_EACH = 13;
const LINES = 200;
const RATCHET = [5, 133]; // Where it lies in an exported session, version 1.

const texts = [];
const secrets = [];
const clear = [];
const base64 = (bytes) => Buffer.from(bytes).toString("base64").replace(/=+$/, "");

// Words that nobody has said before.
function hidden(kind) {
    const text = `${kind}-${randomBytes(20).toString("base64url").replace(/[-_]/g, "x")}`;
    texts.push({ name: `${kind} ${texts.length}`, text });
    return text;
}

function secret(name, bytes) {
    secrets.push({ name: `${name} ${secrets.length}`, bytes: base64(bytes) });
}

// Encrypts and uploads a file (client-server API, "Sending encrypted attachments").
async function upload(client, plain) {
    const algorithm = { name: "AES-CTR", length: 256 };
    const key = await webcrypto.subtle.generateKey(algorithm, true, ["encrypt", "decrypt"]);
    const counter = new Uint8Array(16);
    webcrypto.getRandomValues(counter.subarray(0, 8));
    const way = { name: "AES-CTR", counter, length: 64 };
    const cipher = new Uint8Array(await webcrypto.subtle.encrypt(way, key, plain));
    const { content_uri } = await client.uploadContent(new Blob([cipher]), {
        type: "application/octet-stream",
    });
    secret("key of a file", new Uint8Array(await webcrypto.subtle.exportKey("raw", key)));
    const sha256 = createHash("sha256").update(cipher).digest();
    return {
        v: "v2",
        url: content_uri,
        key: await webcrypto.subtle.exportKey("jwk", key),
        iv: base64(counter),
        hashes: { sha256: base64(sha256) },
    };
}

async function sayFile(client, room) {
    const name = `${hidden("name")}.txt`;
    const bytes = randomBytes(64);
    secret("bytes of a file", bytes);
    const plain = Buffer.concat([Buffer.from(`${hidden("line")}\n`.repeat(LINES)), bytes]);
    const file = await upload(client, plain);
    const content = { msgtype: "m.file", body: name, file, info: { size: plain.length } };
    return (await client.sendMessage(room, content)).event_id;
}

async function say(client, room, number, last) {
    if (number % FILE_EACH === FILE_EACH - 1) return await sayFile(client, room);
    const body = `${hidden("message")} is said`;
    const content = { msgtype: "m.text", body };
    if (number % ANSWER_EACH === ANSWER_EACH - 1) {
        content["m.relates_to"] = { "m.in_reply_to": { event_id: last } };
    }
    const { event_id } = await client.sendMessage(room, content);
    if (number % EDIT_EACH === EDIT_EACH - 1) {
        const text = `${hidden("edit")} is meant`;
        await client.sendMessage(room, {
            msgtype: "m.text",
            body: `* ${text}`,
            "m.new_content": { msgtype: "m.text", body: text },
            "m.relates_to": { rel_type: "m.replace", event_id },
        });
    }
    if (number % REACT_EACH === REACT_EACH - 1) {
        const key = `seen ${randomBytes(12).toString("hex")}`;
        clear.push(key);
        await client.sendEvent(room, "m.reaction", {
            "m.relates_to": { rel_type: "m.annotation", event_id, key },
        });
    }
    if (number % REDACT_EACH === REDACT_EACH - 1) await client.redactEvent(room, event_id);
    return event_id;
}

const clients = await Promise.all(given.people.map((person) => startSigned(person)));
const [alice, ...others] = clients;
await alice.getCrypto().resetKeyBackup();
const { room_id: room } = await alice.createRoom({
    name: "The case",
    preset: "private_chat",
    invite: others.map((client) => client.getUserId()),
    initial_state: [WORK],
});
for (const client of others) await join(client, room);
await settled(clients, room);
console.log("bound");
let last;
for (let number = 0; number < given.messages; number++) {
    if (number === Math.floor(given.messages / 2)) console.log("talking");
    last = await say(clients[number % clients.length], room, number, last);
}
for (const client of clients) {
    const seen = () => client.getRoom(room)?.findEventById(last)?.getContent()?.msgtype;
    await until(client, "the last message", () => seen() !== undefined);
}
const backup = await alice.getCrypto().getSessionBackupPrivateKey();
secret("key of a key backup", backup);
for (const client of clients) {
    for (const one of JSON.parse(await client.getCrypto().exportRoomKeysAsJson())) {
        const bytes = Buffer.from(one.session_key, "base64").subarray(...RATCHET);
        secret("Megolm session", bytes);
    }
}
writeFileSync(out, JSON.stringify({ room, texts, secrets, clear }));
process.exit(0);
