import type { MatrixClient } from 'matrix-js-sdk';
import type { WebPush } from '../details.ts';
import { Cell } from '../observable.ts';

/** As proposed (MSC4174); under our own name until the spec has it. */
const CAPABILITY = 'org.chancery.webpush';
const KIND = 'org.chancery.webpush';
const APP = 'org.chancery.web';

interface Capability {
    enabled?: boolean;
    vapid?: string;
}

/** Notices of this browser while the client is closed. */
export class BrowserPush {
    readonly #client: MatrixClient;
    readonly state = new Cell<WebPush>({ state: 'asking' });

    constructor(client: MatrixClient) {
        this.#client = client;
        void this.#look();
    }

    async switchOn(): Promise<void> {
        const vapid = await this.#vapid();
        if (vapid === undefined) {
            this.state.set({ state: 'unavailable' });
            return;
        }
        if ((await Notification.requestPermission()) !== 'granted') {
            this.state.set({ state: 'blocked' });
            return;
        }
        const worker = await navigator.serviceWorker.ready;
        const subscription = await worker.pushManager.subscribe({
            userVisibleOnly: true,
            applicationServerKey: vapid,
        });
        await this.#tellServer(subscription);
        this.state.set({ state: 'on' });
    }

    async switchOff(): Promise<void> {
        const subscription = await this.#subscription();
        if (subscription) {
            await this.#client.setPusher({
                app_id: APP,
                pushkey: keyOf(subscription),
                kind: null,
            } as never);
            await subscription.unsubscribe();
        }
        this.state.set({ state: 'off' });
    }

    async #look(): Promise<void> {
        try {
            this.state.set({ state: await this.#stateNow() });
        } catch {
            this.state.set({ state: 'unavailable' });
        }
    }

    async #stateNow(): Promise<WebPush['state']> {
        if (!('PushManager' in globalThis) || !('serviceWorker' in navigator)) {
            return 'unsupported';
        }
        if ((await this.#vapid()) === undefined) {
            return 'unavailable';
        }
        if (Notification.permission === 'denied') {
            return 'blocked';
        }
        const subscription = await this.#subscription();
        if (!subscription) {
            return 'off';
        }
        await this.#tellServer(subscription); // The server may have dropped it meanwhile.
        return 'on';
    }

    async #vapid(): Promise<string | undefined> {
        const all = (await this.#client.getCapabilities()) as Record<string, unknown>;
        const { enabled, vapid } = (all[CAPABILITY] ?? {}) as Capability;
        return enabled && typeof vapid === 'string' ? vapid : undefined;
    }

    async #subscription(): Promise<PushSubscription | null> {
        const worker = await navigator.serviceWorker.getRegistration();
        return (await worker?.pushManager.getSubscription()) ?? null;
    }

    /** The SDK's type knows the kinds of the spec only. */
    async #tellServer(subscription: PushSubscription): Promise<void> {
        await this.#client.setPusher({
            kind: KIND,
            app_id: APP,
            app_display_name: 'Chancery',
            device_display_name: this.#client.getDeviceId() ?? '',
            pushkey: keyOf(subscription),
            lang: navigator.language,
            data: { url: subscription.endpoint, auth: base64Url(subscription.getKey('auth')) },
        } as never);
    }
}

function keyOf(subscription: PushSubscription): string {
    return base64Url(subscription.getKey('p256dh'));
}

function base64Url(bytes: ArrayBuffer | null): string {
    const text = String.fromCharCode(...new Uint8Array(bytes ?? new ArrayBuffer(0)));
    return btoa(text).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
