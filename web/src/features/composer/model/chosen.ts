/**
 * Files that were chosen for a chat and not sent yet, with their captions. When the page has to load
 * itself anew they are laid down sealed, and taken up again in that chat.
 */
import { read, remove, write } from '../../../keep/db.ts';
import { type Sealed, seal, unseal } from '../../../keep/vault.ts';

export interface Chosen {
    readonly file: File;
    readonly caption: string;
}

interface Kept {
    readonly about: Sealed;
    readonly bytes: Sealed;
}

const PREFIX = 'chosen:';
/** What is laid down at most for a chat; a phone would not have the room for more. */
const BYTES_MAX = 200_000_000;

/** Lays down those that fit, in their order; the page is about to go. */
export async function layDown(chatId: string, chosen: readonly Chosen[]): Promise<void> {
    const name = PREFIX + chatId;
    const kept: Kept[] = [];
    let left = BYTES_MAX;
    for (const { file, caption } of chosen) {
        left -= file.size;
        if (left < 0) break;
        const about = JSON.stringify({ name: file.name, type: file.type, caption });
        kept.push({
            about: await seal(name, new TextEncoder().encode(about)),
            bytes: await seal(name, new Uint8Array(await file.arrayBuffer())),
        });
    }
    if (kept.length > 0) await write(name, kept);
}

/** Takes up what was laid down; nothing of it is left there. */
export async function takeUp(chatId: string): Promise<readonly Chosen[]> {
    const name = PREFIX + chatId;
    const kept = (await read<readonly Kept[]>(name)) ?? [];
    if (kept.length === 0) return [];
    await remove(name);
    return Promise.all(
        kept.map(async (each) => {
            const about = JSON.parse(new TextDecoder().decode(await unseal(name, each.about)));
            const { name: called, type, caption } = about as Record<string, string>;
            const file = new File([await unseal(name, each.bytes)], called ?? '', {
                type: type ?? '',
            });
            return { file, caption: caption ?? '' };
        }),
    );
}
