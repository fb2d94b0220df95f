// People of the example, each with matrix-js-sdk as it is published: nothing of ours is in what they
// write with. The SDK is the one that the web client was installed with.
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

// Browsers have it, Node only since 22.
Promise.withResolvers ??= () => {
    const parts = {};
    parts.promise = new Promise((resolve, reject) => Object.assign(parts, { resolve, reject }));
    return parts;
};

const WEB = fileURLToPath(new URL('../web/package.json', import.meta.url));
const SEEN_MS = 60_000;

async function library() {
    const file = createRequire(path.resolve(WEB)).resolve('matrix-js-sdk');
    return await import(pathToFileURL(file));
}

/** Looks again whenever the client has heard something, until it is so. */
function seen(sdk, client, what, holds) {
    return new Promise((found, missed) => {
        const look = () => {
            if (!holds()) return;
            client.off(sdk.ClientEvent.Sync, look);
            clearTimeout(end);
            found();
        };
        const end = setTimeout(
            () => missed(new Error(`${client.getUserId()} never saw ${what}`)),
            SEEN_MS,
        );
        client.on(sdk.ClientEvent.Sync, look);
        look();
    });
}

async function start(sdk, url, session) {
    const client = sdk.createClient({
        baseUrl: url,
        userId: session.user_id,
        deviceId: session.device_id,
        accessToken: session.access_token,
    });
    await client.initRustCrypto({ useIndexedDB: false });
    await client.startClient({ initialSyncLimit: 50 });
    await seen(sdk, client, 'a first sync', () => client.isInitialSyncComplete());
    await client.getCrypto().bootstrapCrossSigning({
        authUploadDeviceSigningKeys: (upload) => upload(null),
    });
    return client;
}

const LINES = [
    'The quay closes on Monday. Who tells the harbour?',
    'I do, today. The letter is ready.',
    'And the fish market? They open at four in the morning.',
    'The market gets a ramp from the east side.',
    'Then we agree: closed from Monday, with the ramp.',
    'Agreed. Costs go to the dredging budget, article 7.',
];

/** People talk in a record room, encrypted end to end; answers with the room and its messages. */
export async function talk(url, sessions) {
    const sdk = await library();
    const clients = [];
    for (const session of sessions) clients.push(await start(sdk, url, session));
    const [first, ...others] = clients;
    const { room_id: room } = await first.createRoom({
        name: 'The quay closure',
        preset: 'private_chat',
        invite: others.map((client) => client.getUserId()),
        initial_state: [
            { type: 'org.chancery.room_class', state_key: '', content: { class: 'work' } },
        ],
    });
    const member = (client, of) => client.getRoom(room)?.getMember(of)?.membership;
    for (const client of others) {
        const me = client.getUserId();
        await seen(sdk, client, 'an invitation', () =>
            client.getRoom(room)?.getMyMembership() === 'invite',
        );
        await client.joinRoom(room);
        await seen(sdk, client, 'the room', () => member(client, me) === 'join');
    }
    for (const client of clients) {
        await seen(sdk, client, 'everybody', () =>
            clients.every((one) => member(client, one.getUserId()) === 'join'),
        );
    }
    const sent = [];
    for (const [number, body] of LINES.entries()) {
        const client = clients[number % clients.length];
        sent.push((await client.sendTextMessage(room, body)).event_id);
    }
    await first.sendEvent(room, 'm.room.message', {
        msgtype: 'm.text',
        body: '* Agreed. Costs go to the dredging budget, article 9.',
        'm.new_content': {
            msgtype: 'm.text',
            body: 'Agreed. Costs go to the dredging budget, article 9.',
        },
        'm.relates_to': { rel_type: 'm.replace', event_id: sent.at(-1) },
    });
    clients.forEach((client) => client.stopClient());
    return { room, messages: LINES.length + 1 };
}
