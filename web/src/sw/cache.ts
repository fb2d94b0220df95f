/** The shell without a line: the page as it was last, and the hashed files it needs. */
declare const self: ServiceWorkerGlobalScope;

const SHELL = 'chancery-shell-1';
const ASSETS = 'chancery-assets-1';
const ASSETS_MAX = 120;
const PAGE = '/';

export function isAsset(url: URL): boolean {
    return url.pathname.startsWith('/assets/');
}

/** The newest page if the server answers, else the last one. */
export async function shellAnswer(request: Request): Promise<Response> {
    const cache = await caches.open(SHELL);
    try {
        const answer = await fetch(request);
        if (answer.ok) {
            await cache.put(PAGE, answer.clone());
            return answer;
        }
        return (answer.status >= 500 && (await cache.match(PAGE))) || answer;
    } catch (fault) {
        const kept = await cache.match(PAGE);
        if (kept) {
            return kept;
        }
        throw fault;
    }
}

/** Names change with the bytes, so what is here is right for ever. */
export async function assetAnswer(request: Request): Promise<Response> {
    const cache = await caches.open(ASSETS);
    const kept = await cache.match(request);
    if (kept) {
        return kept;
    }
    const answer = await fetch(request);
    if (answer.ok && answer.status === 200) {
        await cache.put(request, answer.clone());
        await trim(cache);
    }
    return answer;
}

/** The oldest go first; keys come in the order in which they were put. */
async function trim(cache: Cache): Promise<void> {
    const held = await cache.keys();
    for (const old of held.slice(0, Math.max(0, held.length - ASSETS_MAX))) {
        await cache.delete(old);
    }
}

/** Caches of earlier versions of this worker. */
export async function dropOldShell(): Promise<void> {
    for (const name of await caches.keys()) {
        if (name.startsWith('chancery-') && name !== SHELL && name !== ASSETS) {
            await caches.delete(name);
        }
    }
}
