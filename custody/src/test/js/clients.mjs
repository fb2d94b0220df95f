// Two people in a room with an archive user, by the cryptography of the real clients: what a server
// would have kept, on the standard output.
//
//     node clients.mjs WEB IDENTITY SLOT
//
// WEB is a folder that has @matrix-org/matrix-sdk-crypto-wasm installed; IDENTITY an archive identity
// as the ceremony wrote it. The room key is shared under the strategy that clients use by default and
// under those that are stricter; what each withholds is told.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { resolve } from "node:path";

const [web, file, slot] = process.argv.slice(2);
const require = createRequire(resolve(web, "package.json"));
const wasm = require("@matrix-org/matrix-sdk-crypto-wasm");
await wasm.initAsync();

const identity = JSON.parse(readFileSync(file, "utf8"));
const archive = identity.user_id;
const device = identity.devices.find((one) => one.slot === slot);
const ROOM = new wasm.RoomId("!room:example.org");
const MESSAGES = 250; // More than a session takes: it rotates at a hundred.

const answer = (machine, request, body) =>
    machine.markRequestAsSent(request.id, request.type, JSON.stringify(body));

const queried = {
    device_keys: { [archive]: { [device.device_id]: device.device_keys } },
    master_keys: { [archive]: identity.master_key },
    self_signing_keys: { [archive]: identity.self_signing_key },
    user_signing_keys: {},
    failures: {},
};

// A person with a device of their own, who knows the keys that the server answers for the archive.
async function person(name, changed = {}) {
    const user = new wasm.UserId(`@${name}:example.org`);
    const machine = await wasm.OlmMachine.initialize(user, new wasm.DeviceId(name.toUpperCase()));
    await machine.bootstrapCrossSigning(true);
    for (const request of await machine.outgoingRequests()) {
        if (request.type === wasm.RequestType.KeysUpload) {
            await answer(machine, request, { one_time_key_counts: { signed_curve25519: 50 } });
        }
    }
    await machine.updateTrackedUsers([new wasm.UserId(archive)]);
    for (const request of await machine.outgoingRequests()) {
        if (request.type === wasm.RequestType.KeysQuery) {
            await answer(machine, request, { ...queried, ...changed });
        }
    }
    const claim = await machine.getMissingSessions([new wasm.UserId(archive)]);
    if (claim) {
        const keys = { [archive]: { [device.device_id]: device.fallback_keys } };
        await answer(machine, claim, { one_time_keys: keys, failures: {} });
    }
    return { user: user.toString(), machine };
}

// Shares the room key where it has not been, and says what was sent to the archive.
async function share({ user, machine }, strategy) {
    const settings = new wasm.EncryptionSettings();
    settings.sharingStrategy = strategy;
    settings.rotationPeriodMessages = 100n;
    const requests = await machine.shareRoomKey(ROOM, [new wasm.UserId(archive)], settings);
    const sent = [];
    for (const request of requests) {
        const content = JSON.parse(request.body).messages[archive]?.[device.device_id];
        if (content) {
            const type = content.ciphertext ? "m.room.encrypted" : "m.room_key.withheld";
            sent.push({ sender: user, type, content });
        }
        await answer(machine, request, {});
    }
    return sent;
}

const strategies = {
    usual: () => wasm.CollectStrategy.deviceBasedStrategy(false, false),
    "identity based": () => wasm.CollectStrategy.identityBasedStrategy(),
    "verified only": () => wasm.CollectStrategy.deviceBasedStrategy(true, false),
};
const shared = {};
for (const [name, strategy] of Object.entries(strategies)) {
    const sent = await share(await person("probe"), strategy());
    shared[name] = sent.map((one) => one.content.code ?? one.type).join(" ");
}

const inbox = [];
const events = [];
const people = [await person("alice"), await person("bob")];
for (let i = 0; i < MESSAGES; i++) {
    const who = people[i % 2];
    inbox.push(...(await share(who, strategies.usual())));
    const content = JSON.stringify({ msgtype: "m.text", body: `message ${i}` });
    const encrypted = await who.machine.encryptRoomEvent(ROOM, "m.room.message", content);
    events.push({ sender: who.user, content: JSON.parse(encrypted) });
}
process.stdout.write(JSON.stringify({ shared, inbox, events }));
