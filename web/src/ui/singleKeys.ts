import { useSyncExternalStore } from 'react';

/** Whether single letters do something (WCAG 2.1.4: there is a way to turn them off). */
const KEPT = 'chancery.single-keys';
const listeners = new Set<() => void>();

export function singleKeysOn(): boolean {
    return localStorage.getItem(KEPT) !== 'off';
}

export function setSingleKeys(on: boolean): void {
    localStorage.setItem(KEPT, on ? 'on' : 'off');
    for (const listener of listeners) listener();
}

export function useSingleKeys(): boolean {
    return useSyncExternalStore((listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
    }, singleKeysOn);
}
