/** Authenticated media: an `img` cannot send a token, so it is added here (v1.11 of the spec). */
import { keptAccount } from '../keep/account.ts';

declare const self: ServiceWorkerGlobalScope;

const MEDIA = /^\/_matrix\/client\/v1\/media\/(download|thumbnail)\//;
const FRESH_WITHIN_MS = 5_000;
const LOOK_EVERY_MS = 250;
const ABOUT_TO_END_MS = 5_000;

export function isMedia(url: URL): boolean {
    return MEDIA.test(url.pathname);
}

export async function mediaAnswer(request: Request): Promise<Response> {
    if (request.headers.has('authorization')) {
        return fetch(request); // The page itself asks.
    }
    const account = await keptAccount();
    if (!account) {
        return new Response(null, { status: 401 });
    }
    const stale = (account.expiresAt ?? Number.POSITIVE_INFINITY) - Date.now() < ABOUT_TO_END_MS;
    if (!stale) {
        const answer = await withToken(request, account.accessToken);
        if (answer.status !== 401) {
            return answer;
        }
    }
    // The page renews tokens; only one side may, since a refresh token works once.
    const renewed = await renewedToken(account.accessToken);
    return renewed ? withToken(request, renewed) : new Response(null, { status: 401 });
}

function withToken(request: Request, token: string): Promise<Response> {
    const headers = new Headers(request.headers); // Keeps Range, for seeking in films.
    headers.set('authorization', `Bearer ${token}`);
    return fetch(request.url, { headers, signal: request.signal, credentials: 'omit' });
}

async function renewedToken(old: string): Promise<string | undefined> {
    for (const client of await self.clients.matchAll({ type: 'window' })) {
        client.postMessage({ what: 'renew-token' });
    }
    const deadline = Date.now() + FRESH_WITHIN_MS;
    while (Date.now() < deadline) {
        const token = (await keptAccount())?.accessToken;
        if (token !== old) {
            return token;
        }
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
    return undefined;
}
