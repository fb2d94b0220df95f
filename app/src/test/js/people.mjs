// Three people in a record room, by matrix-js-sdk as it is published, against a running server.
//
//     node people.mjs SDK SERVER OUT < PEOPLE
//
// SDK is a folder that has matrix-js-sdk installed; PEOPLE on the standard input a JSON object with
// three people (user_id, device_id, access_token) and the token of an administrator. What was said
// and what was read goes to the file OUT. Half-way the archive gets another device.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// Browsers have it, Node only since 22.
Promise.withResolvers ??= () => {
    const parts = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
};

const [folder, server, out] = process.argv.slice(2);
const { people, admin } = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(resolve(folder, "package.json"));
const sdk = await import(pathToFileURL(require.resolve("matrix-js-sdk")));
sdk.logger?.setLevel?.("error");

const PATIENCE = 60_000;
const LINES = 6; // of each person, in each half
const WORK = {
    type: "org.chancery.room_class",
    state_key: "",
    content: { class: "work" },
};

// Looks again whenever the client has heard something, until it is so.
function until(client, what, holds) {
    return new Promise((found, missed) => {
        const look = () => {
            if (!holds()) return;
            client.off(sdk.ClientEvent.Sync, look);
            client.off(sdk.MatrixEventEvent.Decrypted, look);
            clearTimeout(end);
            found();
        };
        const fail = () =>
            missed(new Error(`${client.getUserId()} never saw ${what} (${client.getSyncState()})`));
        const end = setTimeout(fail, PATIENCE);
        client.on(sdk.ClientEvent.Sync, look);
        client.on(sdk.MatrixEventEvent.Decrypted, look);
        look();
    });
}

async function start(person) {
    const client = sdk.createClient({
        baseUrl: server,
        userId: person.user_id,
        deviceId: person.device_id,
        accessToken: person.access_token,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    await client.startClient({ initialSyncLimit: 100 });
    await until(client, "a first sync", () => client.isInitialSyncComplete());
    await client.getCrypto().bootstrapCrossSigning({
        authUploadDeviceSigningKeys: async (upload) => await upload(null),
    });
    return client;
}

const membership = (client, room, user) =>
    user === client.getUserId()
        ? client.getRoom(room)?.getMyMembership()
        : client.getRoom(room)?.getMember(user)?.membership;

async function settled(clients, room) {
    for (const client of clients) {
        await until(client, "everybody in an encrypted room", () => {
            const known = client.getRoom(room);
            return (
                known?.hasEncryptionStateEvent() &&
                clients.every((one) => membership(client, room, one.getUserId()) === "join")
            );
        });
    }
}

const [alice, bob, carol] = await Promise.all(people.map(start));
const clients = [alice, bob, carol];
const { room_id: room } = await alice.createRoom({
    name: "The case",
    preset: "private_chat",
    invite: [bob.getUserId(), carol.getUserId()],
    initial_state: [WORK],
});
for (const client of [bob, carol]) {
    await until(
        client,
        "an invitation",
        () => membership(client, room, client.getUserId()) === "invite",
    );
    await client.joinRoom(room);
}
await settled(clients, room);
const archive = alice
    .getRoom(room)
    .currentState.getStateEvents("m.room.create", "")
    .getContent()["org.chancery.archive_user"];

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
const answer = await fetch(
    `${server}/_chancery/admin/v1/record_rooms/${encodeURIComponent(room)}/rotate`,
    {
        method: "POST",
        headers: { Authorization: `Bearer ${admin}` },
        body: JSON.stringify({ cause: "exposure" }),
    },
);
if (!answer.ok) throw new Error(`no rotation: ${answer.status} ${await answer.text()}`);
const second = (await answer.json()).device_id;
for (const client of clients) {
    // A message of another person passes each client by only after the news of the device.
    const { event_id } = await client.sendEvent(room, "m.reaction", {
        "m.relates_to": { rel_type: "m.annotation", event_id: sent[0].event_id, key: "👍" },
    });
    for (const other of clients) {
        await until(other, "a reaction", () => other.getRoom(room)?.findEventById(event_id));
    }
}
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
