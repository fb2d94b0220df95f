// One person with one device, in one browser profile. The play calls `window.person` from outside;
// everything Matrix that happens here is the SDK's doing. What must outlive a reload (the session)
// is kept in localStorage, the keys in the SDK's own IndexedDB.
import {
    ClientEvent,
    ConnectionError,
    PendingEventOrdering,
    SyncState,
    createClient,
} from 'matrix-js-sdk';

const ROTATION_MESSAGES_MAX = 10_000;
const PAGES_MAX = 2_000;
const POLL_MS = 25;

let client = null;
let session = JSON.parse(localStorage.getItem('session') ?? 'null');

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Asks again until the answer is there; bounded. */
async function until(what, withinMs, ask) {
    const deadline = Date.now() + withinMs;
    for (;;) {
        const answer = await ask();
        if (answer) {
            return answer;
        }
        if (Date.now() > deadline) {
            throw new Error(`not within ${withinMs} ms: ${what}`);
        }
        await pause(POLL_MS);
    }
}

function keep(baseUrl, username, password, answer) {
    session = {
        baseUrl,
        username,
        password,
        userId: answer.user_id,
        deviceId: answer.device_id,
        accessToken: answer.access_token,
    };
    localStorage.setItem('session', JSON.stringify(session));
    const { userId, deviceId, accessToken } = session;
    return { userId, deviceId, accessToken };
}

/** The next stage of the flow we can walk: a registration token, and a dummy if asked for. */
function nextStage(challenge, token) {
    const can = new Set(['m.login.registration_token', 'm.login.dummy']);
    const flow = (challenge.flows ?? []).find((f) => f.stages.every((s) => can.has(s)));
    const done = new Set(challenge.completed ?? []);
    const stage = flow?.stages.find((s) => !done.has(s));
    if (!stage) {
        throw new Error(`no way through the flows ${JSON.stringify(challenge.flows)}`);
    }
    const auth = { type: stage, session: challenge.session };
    return stage === 'm.login.registration_token' ? { ...auth, token } : auth;
}

/** Registers through user-interactive authentication with a registration token. */
async function register({ baseUrl, username, password, token, device }) {
    const nobody = createClient({ baseUrl });
    const wish = { username, password, initial_device_display_name: device };
    let auth;
    for (let stages = 0; stages < 4; stages++) {
        try {
            const answer = await nobody.registerRequest(auth ? { ...wish, auth } : wish);
            return keep(baseUrl, username, password, answer);
        } catch (refusal) {
            if (refusal.httpStatus !== 401 || !refusal.data?.flows || refusal.data.errcode) {
                throw refusal;
            }
            auth = nextStage(refusal.data, token);
        }
    }
    throw new Error('registration asked for more than three stages');
}

async function login({ baseUrl, username, password, device }) {
    const answer = await createClient({ baseUrl }).loginRequest({
        type: 'm.login.password',
        identifier: { type: 'm.id.user', user: username },
        password,
        initial_device_display_name: device,
    });
    return keep(baseUrl, username, password, answer);
}

/** Opens the crypto store of this profile and syncs; also the way back after a reload. */
async function start({ timelineLimit }) {
    const { baseUrl, userId, deviceId, accessToken } = session;
    // No timelineSupport: a gap in /sync forgets what came before, so that reading fetches it.
    client = createClient({ baseUrl, userId, deviceId, accessToken });
    await client.initRustCrypto({ useIndexedDB: true, cryptoDatabasePrefix: 'play' });
    const prepared = new Promise((resolve) => {
        const listen = (state) => {
            if (state === SyncState.Prepared) {
                client.off(ClientEvent.Sync, listen);
                resolve();
            }
        };
        client.on(ClientEvent.Sync, listen);
    });
    await client.startClient({
        lazyLoadMembers: true,
        initialSyncLimit: timelineLimit,
        pendingEventOrdering: PendingEventOrdering.Detached,
    });
    await prepared;
    await until('own device keys on the server', 20_000, async () => {
        const devices = await client.getCrypto().getUserDeviceInfo([userId], true);
        return devices.get(userId)?.has(deviceId);
    });
    const { ed25519 } = await client.getCrypto().getOwnDeviceKeys();
    return { ed25519, crypto: client.getCrypto().getVersion() };
}

/** Makes and uploads the cross-signing keys; the server may ask for the password first. */
async function bootstrapCrossSigning() {
    let asked = false;
    await client.getCrypto().bootstrapCrossSigning({
        authUploadDeviceSigningKeys: async (makeRequest) => {
            try {
                return await makeRequest(null);
            } catch (refusal) {
                if (refusal.httpStatus !== 401 || !refusal.data?.session) {
                    throw refusal;
                }
                asked = true;
                return await makeRequest({
                    type: 'm.login.password',
                    session: refusal.data.session,
                    identifier: { type: 'm.id.user', user: session.userId },
                    password: session.password,
                });
            }
        },
    });
    return { ready: await client.getCrypto().isCrossSigningReady(), asked };
}

async function createRoom({ name, invite, rotationMessages }) {
    const { room_id: roomId } = await client.createRoom({
        preset: 'private_chat',
        name,
        invite: [invite],
        initial_state: [
            {
                type: 'm.room.encryption',
                state_key: '',
                content: {
                    algorithm: 'm.megolm.v1.aes-sha2',
                    rotation_period_msgs: Math.min(rotationMessages, ROTATION_MESSAGES_MAX),
                },
            },
        ],
    });
    await knowsRoom(roomId);
    return roomId;
}

async function knowsRoom(roomId) {
    await until('the room and its encryption', 20_000, async () => {
        const joined = client.getRoom(roomId)?.getMyMembership() === 'join';
        return joined && (await client.getCrypto().isEncryptionEnabledInRoom(roomId));
    });
}

async function acceptInvite(roomId) {
    await until('the invitation', 20_000, () => {
        return client.getRoom(roomId)?.getMyMembership() === 'invite';
    });
    await client.joinRoom(roomId);
    await knowsRoom(roomId);
}

async function seesJoined(roomId, userId) {
    await until(`${userId} in the room`, 20_000, () => {
        return client.getRoom(roomId).getMember(userId)?.membership === 'join';
    });
}

/** Whether this client has learnt of a device by itself: it is not told to look. */
async function learnsDevice(userId, deviceId) {
    await until(`${deviceId} of ${userId}`, 30_000, async () => {
        const devices = await client.getCrypto().getUserDeviceInfo([userId]);
        return devices.get(userId)?.has(deviceId);
    });
}

async function seesSignedByOwner(userId, deviceId) {
    await until(`${deviceId} signed by its owner`, 20_000, async () => {
        const status = await client.getCrypto().getDeviceVerificationStatus(userId, deviceId);
        return status?.signedByOwner;
    });
}

/** The server's event of a transaction of ours, when /sync brought it before the answer came. */
function echoOf(room, txnId) {
    const events = room.getLiveTimeline().getEvents();
    return events.findLast((e) => e.getUnsigned().transaction_id === txnId && !e.status);
}

function worthAnotherTry(failure) {
    return failure instanceof ConnectionError || failure.httpStatus >= 500;
}

/** Says one line, again with the same transaction ID after a cut; answers with its event ID. */
async function say(roomId, body, withinMs) {
    const deadline = Date.now() + withinMs;
    const room = client.getRoom(roomId);
    const txnId = client.makeTxnId();
    let attempts = 1;
    let sending = client.sendEvent(roomId, 'm.room.message', { msgtype: 'm.text', body }, txnId);
    for (;;) {
        try {
            return { eventId: (await sending).event_id, txnId, attempts };
        } catch (failure) {
            if (!worthAnotherTry(failure) || Date.now() > deadline) {
                throw failure;
            }
        }
        await reachable(deadline - Date.now());
        const pending = room.getPendingEvents().find((e) => e.getTxnId() === txnId);
        if (!pending) {
            const echo = await until('the echo of a sent line', 5_000, () => echoOf(room, txnId));
            return { eventId: echo.getId(), txnId, attempts };
        }
        attempts++;
        sending = client.resendEvent(pending, room);
    }
}

async function reachable(withinMs) {
    const url = `${session.baseUrl}/_matrix/client/versions`;
    await until('the server', withinMs, async () => {
        try {
            // Not from the cache: servers let browsers keep this answer.
            return (await fetch(url, { cache: 'no-store' })).ok;
        } catch {
            return false; // That is the answer: it is still away.
        }
    });
}

async function decrypted(event) {
    await client.decryptEventIfNeeded(event);
    return event.isEncrypted() && !event.isDecryptionFailure() && !event.isBeingDecrypted();
}

/** Waits until a line has come by /sync and is decrypted. */
async function hears(roomId, eventId, withinMs) {
    const event = await until(`${eventId} decrypted`, withinMs, async () => {
        const found = client.getRoom(roomId).findEventById(eventId);
        return found && (await decrypted(found)) ? found : null;
    });
    return { sender: event.getSender(), body: event.getContent().body };
}

/**
 * The room as it stands in the SDK: pages back to its start, then lists every message. Late keys
 * are waited for, but for the first `unreadable` messages, which this device need not read.
 */
async function read(roomId, { pageSize, settleMs, unreadable = 0 }) {
    const room = await until('the room', 20_000, () => client.getRoom(roomId));
    let pages = 0;
    while (room.oldState.paginationToken !== null && pages < PAGES_MAX) {
        await client.scrollback(room, pageSize);
        pages++;
    }
    const lines = () => room.getLiveTimeline().getEvents().filter((e) => {
        return ['m.room.encrypted', 'm.room.message'].includes(e.getWireType());
    });
    const deadline = Date.now() + settleMs;
    const readable = () => Promise.all(lines().slice(unreadable).map(decrypted));
    while (!(await readable()).every(Boolean) && Date.now() < deadline) {
        await pause(POLL_MS * 4);
    }
    const seen = lines().map((e) => ({
        id: e.getId(),
        sender: e.getSender(),
        wireType: e.getWireType(),
        body: e.isDecryptionFailure() ? null : (e.getContent().body ?? null),
        failure: e.isDecryptionFailure() ? e.decryptionFailureReason : null,
    }));
    return { pages, seen };
}

async function hasEvent(roomId, eventId, withinMs) {
    await until(`${eventId} by /sync`, withinMs, () => {
        return Boolean(client.getRoom(roomId)?.findEventById(eventId));
    });
}

function stop() {
    client?.stopClient();
}

window.person = {
    register,
    login,
    start,
    bootstrapCrossSigning,
    createRoom,
    acceptInvite,
    knowsRoom,
    seesJoined,
    learnsDevice,
    seesSignedByOwner,
    say,
    hears,
    hasEvent,
    read,
    stop,
};
