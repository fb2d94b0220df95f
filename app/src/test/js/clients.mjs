// People by matrix-js-sdk as it is published, for the plays in this folder.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";
import { pathToFileURL } from "node:url";

// Browsers have it, Node only since 22.
Promise.withResolvers ??= () => {
    const parts = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
};

// SDK is a folder that has matrix-js-sdk installed.
export const [folder, server, out] = process.argv.slice(2);
export const given = JSON.parse(readFileSync(0, "utf8"));
const require = createRequire(resolve(folder, "package.json"));
export const sdk = await import(pathToFileURL(require.resolve("matrix-js-sdk")));
sdk.logger?.setLevel?.("error");

const PATIENCE = 120_000;
export const WORK = {
    type: "org.chancery.room_class",
    state_key: "",
    content: { class: "work" },
};

// Looks again whenever the client has heard something, until it is so.
export function until(client, what, holds) {
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

// A client of that session; more are options of the SDK.
export async function start(person, more = {}) {
    const client = sdk.createClient({
        baseUrl: server,
        userId: person.user_id,
        deviceId: person.device_id,
        accessToken: person.access_token,
        ...more,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    await client.startClient({ initialSyncLimit: 100 });
    await until(client, "a first sync", () => client.isInitialSyncComplete());
    return client;
}

// A client whose owner has an identity of cross-signing.
export async function startSigned(person, more = {}) {
    const client = await start(person, more);
    await client.getCrypto().bootstrapCrossSigning({
        authUploadDeviceSigningKeys: async (upload) => await upload(null),
    });
    return client;
}

export const membership = (client, room, user) =>
    user === client.getUserId()
        ? client.getRoom(room)?.getMyMembership()
        : client.getRoom(room)?.getMember(user)?.membership;

// Waits until each of them sees all of them in an encrypted room.
export async function settled(clients, room) {
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

export async function join(client, room) {
    const invited = () => membership(client, room, client.getUserId()) === "invite";
    await until(client, "an invitation", invited);
    await client.joinRoom(room);
}

export const archiveOf = (client, room) =>
    client.getRoom(room).currentState.getStateEvents("m.room.create", "").getContent()[
        "org.chancery.archive_user"
    ];

// Has the room's archive get another device, and waits until all clients have heard of it: what
// another person sends passes each client by only after the news of the device.
export async function rotate(clients, room, about) {
    const answer = await fetch(
        `${server}/_chancery/admin/v1/record_rooms/${encodeURIComponent(room)}/rotate`,
        {
            method: "POST",
            headers: { Authorization: `Bearer ${given.admin}` },
            body: JSON.stringify({ cause: "exposure" }),
        },
    );
    if (!answer.ok) throw new Error(`no rotation: ${answer.status} ${await answer.text()}`);
    for (const client of clients) {
        const { event_id } = await client.sendEvent(room, "m.reaction", {
            "m.relates_to": { rel_type: "m.annotation", event_id: about, key: "👍" },
        });
        for (const other of clients) {
            await until(other, "a reaction", () => other.getRoom(room)?.findEventById(event_id));
        }
    }
    return (await answer.json()).device_id;
}
