import { assetAnswer, dropOldShell, isAsset, shellAnswer } from './cache.ts';
import { isMedia, mediaAnswer } from './media.ts';
import { clicked, pushed } from './push.ts';

declare const self: ServiceWorkerGlobalScope;

self.addEventListener('install', (event) => {
    event.waitUntil(self.skipWaiting());
});

self.addEventListener('activate', (event) => {
    event.waitUntil(Promise.all([self.clients.claim(), dropOldShell()]));
});

self.addEventListener('fetch', (event) => {
    const { request } = event;
    const url = new URL(request.url);
    if (request.method !== 'GET' || url.origin !== self.location.origin) {
        return; // Nothing of other servers, and no token ever for them.
    }
    if (isMedia(url)) {
        event.respondWith(mediaAnswer(request));
    } else if (isAsset(url)) {
        event.respondWith(assetAnswer(request));
    } else if (request.mode === 'navigate' && url.pathname === '/') {
        event.respondWith(shellAnswer(request));
    }
});

self.addEventListener('push', (event) => {
    event.waitUntil(pushed(event.data?.text() ?? ''));
});

self.addEventListener('notificationclick', (event) => {
    event.notification.close();
    event.waitUntil(clicked(event.notification.data));
});
