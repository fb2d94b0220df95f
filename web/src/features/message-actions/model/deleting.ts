/** Messages that are being deleted: held back for a while, so that it can be undone. */
import { create } from 'zustand';

/** Keys of what is being deleted. */
export const useDeleting = create<{ readonly keys: ReadonlySet<string> }>(() => ({
    keys: new Set(),
}));

export function setDeleting(keys: readonly string[], on: boolean): void {
    const next = new Set(useDeleting.getState().keys);
    for (const key of keys) {
        if (on) next.add(key);
        else next.delete(key);
    }
    useDeleting.setState({ keys: next });
}
