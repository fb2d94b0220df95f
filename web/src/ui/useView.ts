import { useSyncExternalStore } from 'react';
import type { View } from '../matrix/types.ts';

/** The snapshot of a view; the component is drawn again when it changes. */
export function useView<S>(view: View<S>): S {
    return useSyncExternalStore(view.subscribe, view.snapshot);
}
