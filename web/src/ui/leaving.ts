/**
 * Before the page is loaded anew by us: whoever holds something that is not written down yet writes
 * it down, and the page waits for it.
 */
type Before = () => Promise<unknown>;

const all = new Set<Before>();
let leaving = false;

/** Asked before each load; answers with how to stop that. */
export function beforeLeaving(write: Before): () => void {
    all.add(write);
    return () => all.delete(write);
}

/** Whether the page is about to be loaded anew: what breaks now need not be shown. */
export function isLeaving(): boolean {
    return leaving;
}

export async function loadAnew(load = () => location.reload()): Promise<void> {
    leaving = true;
    await Promise.allSettled([...all].map((write) => write()));
    load();
}
