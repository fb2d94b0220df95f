/**
 * The session of this tab: it outlives a reload and ends with the tab. Sealed under the key of this
 * device, since browsers write what a tab holds to disk.
 */
import { seal, unseal } from '../../keep/vault.ts';

export interface KeptSession {
    readonly token: string;
    readonly me: string;
    /** Sees the cases that name them, and administers nothing. */
    readonly officer?: boolean | undefined;
}

const NAME = 'console-session';

function toText(bytes: Uint8Array): string {
    return btoa(String.fromCharCode(...bytes));
}

function toBytes(text: string): Uint8Array<ArrayBuffer> {
    return Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
}

export async function keepSession(session: KeptSession): Promise<void> {
    const plain = new TextEncoder().encode(JSON.stringify(session));
    const { iv, bytes } = await seal(NAME, plain);
    sessionStorage.setItem(NAME, `${toText(iv)}.${toText(new Uint8Array(bytes))}`);
}

export async function keptSession(): Promise<KeptSession | undefined> {
    const kept = sessionStorage.getItem(NAME);
    if (kept === null) {
        return undefined;
    }
    try {
        const [iv = '', bytes = ''] = kept.split('.');
        const plain = await unseal(NAME, { iv: toBytes(iv), bytes: toBytes(bytes).buffer });
        return JSON.parse(new TextDecoder().decode(plain)) as KeptSession;
    } catch {
        forgetSession(); // Sealed with a key that is gone: as good as nothing.
        return undefined;
    }
}

export function forgetSession(): void {
    sessionStorage.removeItem(NAME);
}
