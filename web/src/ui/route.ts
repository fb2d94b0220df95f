import { useSyncExternalStore } from 'react';

/**
 * Where one is, behind the `#`: which chat, which panel, which message. So Back works, and a link
 * from an invitation never reaches the server's logs.
 */
export interface Route {
    /** Decoded steps: `#/chat/!abc/$def` is `['chat', '!abc', '$def']`. */
    readonly path: readonly string[];
    readonly query: URLSearchParams;
}

export function parseRoute(hash: string): Route {
    const [path = '', query = ''] = hash.replace(/^#?\/?/, '').split('?', 2);
    const steps = path.split('/').filter((step) => step !== '');
    return { path: steps.map(decoded), query: new URLSearchParams(query) };
}

function decoded(step: string): string {
    try {
        return decodeURIComponent(step);
    } catch {
        return step; // A stray percent sign is only itself.
    }
}

/** The address of steps: `href('chat', id)`. */
export function href(...steps: string[]): string {
    return `#/${steps.map(encodeURIComponent).join('/')}`;
}

export function go(to: string, { replace = false } = {}): void {
    if (replace) {
        history.replaceState(history.state, '', to);
        dispatchEvent(new HashChangeEvent('hashchange'));
    } else {
        location.hash = to;
    }
}

let shown = { hash: '', route: parseRoute('') };

function current(): Route {
    if (shown.hash !== location.hash) {
        shown = { hash: location.hash, route: parseRoute(location.hash) };
    }
    return shown.route;
}

function listen(listener: () => void): () => void {
    addEventListener('hashchange', listener);
    return () => removeEventListener('hashchange', listener);
}

export function useRoute(): Route {
    return useSyncExternalStore(listen, current);
}
