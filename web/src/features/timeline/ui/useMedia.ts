import { useEffect, useState } from 'react';
import type { MediaRef, MediaSource, OpenMedia, Trouble } from '../../../matrix/index.ts';

export interface MediaState {
    readonly open?: OpenMedia | undefined;
    readonly trouble?: Trouble | undefined;
    /** Bytes that are there. */
    readonly loaded: number;
}

const NOTHING: MediaState = { loaded: 0 };

/** Fetches and opens a file while it is wanted, and lets it go afterwards. */
export function useMedia(
    source: MediaSource,
    ref: MediaRef | undefined,
    wanted: boolean,
): MediaState {
    const [state, setState] = useState(NOTHING);
    const mxc = ref?.mxc;
    // biome-ignore lint/correctness/useExhaustiveDependencies: the address says which file it is.
    useEffect(() => {
        if (!ref || !wanted) return;
        let gone = false;
        let held: OpenMedia | undefined;
        setState(NOTHING);
        source
            .open(ref, (loaded) => {
                if (!gone) setState((before) => (before.open ? before : { loaded }));
            })
            .then(
                (open) => {
                    if (gone) open.release();
                    else {
                        held = open;
                        setState({ open, loaded: open.blob.size });
                    }
                },
                (trouble: Trouble) => {
                    if (!gone) setState({ trouble, loaded: 0 });
                },
            );
        return () => {
            gone = true;
            held?.release();
        };
    }, [mxc, wanted, source]);
    return state;
}

/** Hands a file to the reader under its name. */
export function saveAs(open: OpenMedia, name: string): void {
    const link = document.createElement('a');
    link.href = open.url;
    link.download = name;
    link.click();
}
