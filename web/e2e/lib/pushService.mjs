// A push service of our own, and a browser's subscription at it. A headless browser has no push
// service; what the server sends to this one is opened as a browser opens it (RFC 8291, RFC 8188)
// and given to the service worker through the driver.
import crypto from 'node:crypto';
import http from 'node:http';

const KEY_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const LAST_RECORD = 2;

export class PushService {
    #keys = crypto.createECDH('prime256v1');
    #auth = crypto.randomBytes(KEY_BYTES);
    #came = [];
    #waiting = [];
    #server = http.createServer((request, answer) => {
        const parts = [];
        request.on('data', (part) => parts.push(part));
        request.on('end', () => {
            answer.writeHead(201).end();
            this.#arrived(this.#opened(Buffer.concat(parts)));
        });
    });

    async open() {
        this.#keys.generateKeys();
        await new Promise((resolve) => this.#server.listen(0, '127.0.0.1', resolve));
        this.endpoint = `http://127.0.0.1:${this.#server.address().port}/send/1`;
    }

    close() {
        this.#server.closeAllConnections();
        this.#server.close();
    }

    /** The next message, as text; waits for it. */
    next() {
        const message = this.#came.shift();
        return message !== undefined
            ? Promise.resolve(message)
            : new Promise((resolve) => this.#waiting.push(resolve));
    }

    #arrived(message) {
        const wanted = this.#waiting.shift();
        if (wanted) wanted(message);
        else this.#came.push(message);
    }

    /** Gives the page a subscription here, where the browser would ask the service of its maker. */
    subscribe(page) {
        const keys = { p256dh: [...this.#keys.getPublicKey()], auth: [...this.#auth] };
        return page.evaluate(
            ({ endpoint, keys }) => {
                let subscribed = null;
                const subscription = {
                    endpoint,
                    getKey: (name) => new Uint8Array(keys[name]).buffer,
                    unsubscribe: async () => {
                        subscribed = null;
                        return true;
                    },
                };
                PushManager.prototype.subscribe = async (options) => {
                    if (!options.userVisibleOnly || !options.applicationServerKey) {
                        throw new TypeError('a browser would refuse this');
                    }
                    subscribed = subscription;
                    return subscribed;
                };
                PushManager.prototype.getSubscription = async () => subscribed;
            },
            { endpoint: this.endpoint, keys },
        );
    }

    #opened(message) {
        const salt = message.subarray(0, KEY_BYTES);
        const keyAt = KEY_BYTES + 5;
        const sender = message.subarray(keyAt, keyAt + message[keyAt - 1]);
        const sealed = message.subarray(keyAt + sender.length);
        const info = Buffer.concat([
            Buffer.from('WebPush: info\0'),
            this.#keys.getPublicKey(),
            sender,
        ]);
        const hkdf = (secret, salt, info, bytes) =>
            Buffer.from(crypto.hkdfSync('sha256', secret, salt, info, bytes));
        const shared = hkdf(this.#keys.computeSecret(sender), this.#auth, info, 32);
        const key = hkdf(shared, salt, Buffer.from('Content-Encoding: aes128gcm\0'), KEY_BYTES);
        const nonce = hkdf(shared, salt, Buffer.from('Content-Encoding: nonce\0'), NONCE_BYTES);
        const cipher = crypto.createDecipheriv('aes-128-gcm', key, nonce);
        cipher.setAuthTag(sealed.subarray(-TAG_BYTES));
        const padded = Buffer.concat([
            cipher.update(sealed.subarray(0, -TAG_BYTES)),
            cipher.final(),
        ]);
        const end = padded.lastIndexOf(LAST_RECORD);
        return padded.subarray(0, end).toString('utf8');
    }
}

/** The service worker of a profile, reached from a page that is not the client's. */
export async function workerOf(page, origin) {
    const session = await page.context().newCDPSession(page);
    const registered = new Promise((resolve) => {
        session.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
            const ours = registrations.find((it) => it.scopeURL === `${origin}/` && !it.isDeleted);
            if (ours) resolve(ours.registrationId);
        });
    });
    await session.send('ServiceWorker.enable');
    const registrationId = await registered;
    return {
        deliver: (data) =>
            session.send('ServiceWorker.deliverPushMessage', { origin, registrationId, data }),
    };
}
