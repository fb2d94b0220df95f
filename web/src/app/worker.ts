import { ourScript } from '../ui/workers.ts';

/** The service worker; its address is stable, so that a new version replaces the old one. */
const ADDRESS = '/sw.js';

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
    await navigator.serviceWorker.register(ourScript(ADDRESS));
}
