/** Web Push: says that there is something, never what. The page, once open, shows the rest. */
import { keptAccount } from '../keep/account.ts';
import { read } from '../keep/db.ts';
import { wordsIn } from './words.ts';

declare const self: ServiceWorkerGlobalScope;

const NAME_MAX = 80;
const ACKNOWLEDGE = '/_matrix/client/unstable/org.chancery/pushers/ack';

/** What the server sends: ids, at most the name of the chat, and how much is unread. */
interface Pushed {
    readonly chatId?: string | undefined;
    readonly chatName?: string | undefined;
    readonly unread?: number | undefined;
}

export function parsePush(text: string): Pushed {
    try {
        const all: unknown = JSON.parse(text);
        const one = (all as { notification?: unknown })?.notification ?? all;
        const { room_id, room_name, counts, unread } = one as Record<string, unknown>;
        const counted = (counts as { unread?: unknown } | undefined)?.unread ?? unread;
        return {
            chatId: typeof room_id === 'string' ? room_id : undefined,
            chatName: typeof room_name === 'string' ? room_name.slice(0, NAME_MAX) : undefined,
            unread: typeof counted === 'number' && counted >= 0 ? counted : undefined,
        };
    } catch {
        return {}; // Something came; that much can be said.
    }
}

/** The first push of a subscription, by which the server sees that it reaches us (MSC4174). */
export function parseProof(text: string): string | undefined {
    try {
        const { app_id, ack_token } = JSON.parse(text) as Record<string, unknown>;
        return typeof app_id === 'string' && typeof ack_token === 'string'
            ? JSON.stringify({ app_id, ack_token })
            : undefined;
    } catch {
        return undefined;
    }
}

async function acknowledge(proof: string): Promise<void> {
    const account = await keptAccount();
    if (account) {
        await fetch(ACKNOWLEDGE, {
            method: 'POST',
            headers: {
                authorization: `Bearer ${account.accessToken}`,
                'content-type': 'application/json',
            },
            body: proof,
            credentials: 'omit',
        });
    }
}

export async function pushed(text: string): Promise<void> {
    const proof = parseProof(text);
    if (proof !== undefined) {
        await acknowledge(proof); // The page that asked for it is open; nothing to show.
        return;
    }
    const push = parsePush(text);
    if (push.unread !== undefined) {
        await badge(push.unread);
    }
    if (push.chatId === undefined && push.unread === 0) {
        await closeAll(); // All was read elsewhere.
    }
    const windows = await self.clients.matchAll({ type: 'window' });
    if (windows.some((window) => window.focused)) {
        return; // The page is before the reader's eyes and shows it itself.
    }
    const words = wordsIn(await read<string>('language').catch(() => undefined));
    await self.registration.showNotification(words.newMessage, {
        body: push.chatName ?? words.openToRead,
        tag: push.chatId ?? 'chancery',
        icon: '/icon-192.png',
        badge: '/icon-192.png',
        data: { chatId: push.chatId },
    });
}

async function badge(unread: number): Promise<void> {
    const { navigator } = self as unknown as {
        navigator: { setAppBadge?: (count: number) => Promise<void> };
    };
    await navigator.setAppBadge?.(unread).catch(() => undefined); // A nicety, where it exists.
}

async function closeAll(): Promise<void> {
    for (const shown of await self.registration.getNotifications()) {
        shown.close();
    }
}

export async function clicked(data: unknown): Promise<void> {
    const chatId = (data as { chatId?: unknown } | undefined)?.chatId;
    const where = typeof chatId === 'string' ? `/#/chat/${encodeURIComponent(chatId)}` : '/#/';
    const [open] = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (open) {
        await open.focus();
        open.postMessage({ what: 'go', to: where.slice(1) });
    } else {
        await self.clients.openWindow(where);
    }
}
