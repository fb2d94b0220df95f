/** What the client needs of a browser, and the first thing that is missing. */
export type Missing = 'secure' | 'wasm' | 'storage' | 'old';

interface Capabilities {
    readonly isSecureContext: boolean;
    readonly hasWasm: boolean;
    readonly hasStorage: boolean;
    readonly hasNew: boolean;
}

export function missing(can: Capabilities): Missing | undefined {
    if (!can.isSecureContext) {
        return 'secure';
    }
    if (!can.hasNew) {
        return 'old';
    }
    if (!can.hasWasm) {
        return 'wasm'; // Some browsers switch it off in their strictest mode.
    }
    return can.hasStorage ? undefined : 'storage';
}

const PROBE = 'chancery-probe';

/** Opens a database for real: some browsers have the interface and refuse to use it. */
function storageWorks(): Promise<boolean> {
    return new Promise((resolve) => {
        if (typeof indexedDB === 'undefined') {
            resolve(false);
            return;
        }
        const request = indexedDB.open(PROBE, 1);
        request.onerror = () => resolve(false);
        request.onsuccess = () => {
            request.result.close();
            indexedDB.deleteDatabase(PROBE);
            resolve(true);
        };
    });
}

export async function look(): Promise<Missing | undefined> {
    return missing({
        isSecureContext,
        hasNew: 'locks' in navigator && 'withResolvers' in Promise,
        hasWasm: typeof WebAssembly === 'object',
        hasStorage: await storageWorks().catch(() => false),
    });
}
