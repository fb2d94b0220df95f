// What goes wrong, by matrix-js-sdk as it is published, in a record room: one whose claims for keys
// of the archive fail, one whose client shares with verified people only, one of whose messages
// three are broken on their way; the archive gets another device while sessions go on.
//
//     node faults.mjs SDK SERVER OUT < GIVEN
//
// GIVEN is a JSON object with three people (user_id, device_id, access_token), the token of an
// administrator and how many messages Alice sends. Which events should be closed to the archive,
// and why, goes to the file OUT.
import { writeFileSync } from "node:fs";
import { archiveOf, given, join, out, rotate, settled, startSigned, WORK } from "./clients.mjs";

const LINES = 3; // of those who share nothing
const BROKEN = [0.2, 0.5, 0.9].map((part) => Math.floor(part * given.messages));
const MIDDLE = Math.floor(0.4 * given.messages);

let archive = "";
let number = -1; // of Alice's messages

// Bob asks for keys of the archive's device, and gets none.
async function claimingNothing(url, init) {
    const answer = await fetch(url, init);
    if (!String(url).endsWith("/keys/claim") || !answer.ok) return answer;
    const body = await answer.json();
    delete body.one_time_keys?.[archive];
    return new Response(JSON.stringify(body), { status: 200 });
}

// A bit of some messages flips on the way: not in the first bytes, which say the number of the
// message, and not in the signature at the end.
async function breaking(url, init) {
    const isMessage = String(url).includes("/send/m.room.encrypted/");
    if (!isMessage || !BROKEN.includes(number)) return await fetch(url, init);
    const content = JSON.parse(init.body);
    const bytes = Buffer.from(content.ciphertext, "base64");
    bytes[bytes.length - 64 - 8 - 4] ^= 1;
    content.ciphertext = bytes.toString("base64").replace(/=+$/, "");
    return await fetch(url, { ...init, body: JSON.stringify(content) });
}

const options = [{ fetchFn: breaking }, { fetchFn: claimingNothing }, {}];
const clients = await Promise.all(
    given.people.map((person, index) => startSigned(person, options[index])),
);
const [alice, bob, carol] = clients;
const { room_id: room } = await alice.createRoom({
    name: "The case",
    preset: "private_chat",
    invite: [bob.getUserId(), carol.getUserId()],
    initial_state: [WORK],
});
await join(bob, room);
await join(carol, room);
await settled(clients, room);
archive = archiveOf(alice, room);
carol.getCrypto().globalBlacklistUnverifiedDevices = true;

const closed = { claim: [], unverified: [], broken: [] };
for (let line = 0; line < LINES; line++) {
    closed.claim.push((await bob.sendTextMessage(room, `unclaimed ${line}`)).event_id);
    closed.unverified.push((await carol.sendTextMessage(room, `unverified ${line}`)).event_id);
}
const sent = [];
const from = Date.now() + 1;
for (number = 0; number < given.messages; number++) {
    if (number === MIDDLE) {
        await rotate(clients, room, sent[0]);
        bob.stopClient();
        carol.stopClient();
    }
    const { event_id } = await alice.sendTextMessage(room, `message ${number}`);
    (BROKEN.includes(number) ? closed.broken : sent).push(event_id);
}
number = -1;
const until = Date.now() + 1;
const withheld = (await alice.sendTextMessage(room, "kept from the archive")).event_id;
sent.push((await alice.sendTextMessage(room, "the last word")).event_id);
writeFileSync(out, JSON.stringify({ room, archive, closed, sent, withheld, from, until }));
process.exit(0);
