// Three people in a record room, by matrix-js-sdk as it is published, against a running server.
//
//     node people.mjs SDK SERVER OUT < GIVEN
//
// SDK is a folder that has matrix-js-sdk installed; GIVEN on the standard input a JSON object with
// three people (user_id, device_id, access_token) and the token of an administrator. What was said
// and what was read goes to the file OUT. Half-way the archive gets another device.
import { writeFileSync } from "node:fs";
import {
    archiveOf,
    given,
    join,
    membership,
    out,
    rotate,
    settled,
    startSigned,
    until,
    WORK,
} from "./clients.mjs";

const LINES = 6; // of each person, in each half

const [alice, bob, carol] = await Promise.all(
    given.people.map((person) => startSigned(person)),
);
const clients = [alice, bob, carol];
const { room_id: room } = await alice.createRoom({
    name: "The case",
    preset: "private_chat",
    invite: [bob.getUserId(), carol.getUserId()],
    initial_state: [WORK],
});
await join(bob, room);
await join(carol, room);
await settled(clients, room);
const archive = archiveOf(alice, room);

const sent = [];
async function talk(half) {
    for (let line = 0; line < LINES; line++) {
        for (const client of clients) {
            const body = `line ${line} of half ${half}`;
            const { event_id } = await client.sendTextMessage(room, body);
            sent.push({ event_id, sender: client.getUserId(), body, half });
        }
    }
}

const devicesOf = async (client) =>
    [...((await client.getCrypto().getUserDeviceInfo([archive], true)).get(archive)?.keys() ?? [])];

await talk(1);
const first = await devicesOf(alice);
const second = await rotate(clients, room, sent[0].event_id);
await talk(2);

const read = [];
for (const one of sent) {
    const event = () => bob.getRoom(room)?.findEventById(one.event_id);
    await until(bob, "a message", () => event()?.getContent()?.body !== undefined);
    read.push(event().getContent().body);
}

const refused = await alice
    .sendStateEvent(room, "m.room.encryption", {}, "")
    .then(() => "taken", (error) => error.errcode);
const { room_id: pair } = await alice.createRoom({
    preset: "trusted_private_chat",
    is_direct: true,
    invite: [bob.getUserId()],
    initial_state: [WORK],
});
await until(alice, "a room of two", () => membership(alice, pair, bob.getUserId()) === "invite");
const named = alice.getRoom(pair).name;
const trust = await alice.getCrypto().getDeviceVerificationStatus(archive, second);

writeFileSync(
    out,
    JSON.stringify({
        room,
        archive,
        first,
        second,
        sent,
        read,
        refused,
        named,
        signed: trust?.signedByOwner ?? false,
    }),
);
clients.forEach((client) => client.stopClient());
process.exit(0);
