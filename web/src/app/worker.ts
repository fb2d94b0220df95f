/** The service worker, under the only address for which the policy makes a trusted one. */
const ADDRESS = '/sw.js';

interface TrustedTypes {
    createPolicy(
        name: string,
        rules: { createScriptURL: (url: string) => string },
    ): { createScriptURL(url: string): string };
}

function trusted(): string {
    const types = (globalThis as { trustedTypes?: TrustedTypes }).trustedTypes;
    if (!types) {
        return ADDRESS;
    }
    const policy = types.createPolicy('chancery-worker', {
        createScriptURL: (url) => {
            if (url !== ADDRESS) {
                throw new TypeError('no such worker');
            }
            return url;
        },
    });
    return policy.createScriptURL(ADDRESS);
}

/** Starts the worker; follows its wish to go to a chat. Without it, pictures of people lack. */
export async function startWorker(go: (to: string) => void): Promise<void> {
    if (!('serviceWorker' in navigator)) {
        return;
    }
    navigator.serviceWorker.addEventListener('message', ({ data }: MessageEvent) => {
        const message = data as { what?: unknown; to?: unknown } | null;
        if (message?.what === 'go' && typeof message.to === 'string') {
            go(message.to.replace(/^\//, ''));
        }
    });
    await navigator.serviceWorker.register(trusted());
}
