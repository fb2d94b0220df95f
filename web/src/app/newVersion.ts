import { loadAnew } from '../ui/leaving.ts';

/**
 * A new version of the server was installed while this page is open: a part that is asked for now is
 * no longer there. The page loads anew, once; what was being written lies in the drafts.
 */
const RELOADED = 'chancery.reloaded';
const AGAIN_AFTER_MS = 60_000;

export function mayReload(last: string | null, now: number): boolean {
    return now - Number(last ?? 0) > AGAIN_AFTER_MS;
}

export function followNewVersions(): void {
    addEventListener('vite:preloadError', (event) => {
        if (mayReload(sessionStorage.getItem(RELOADED), Date.now())) {
            event.preventDefault();
            sessionStorage.setItem(RELOADED, String(Date.now()));
            void loadAnew();
        }
    });
}
