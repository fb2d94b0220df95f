import { isRecord, text } from '../http.ts';
import { Troubled, troubleOfLine, troubleOfRefusal } from '../trouble.ts';
import type { MediaRef, MediaSource, OpenMedia } from '../types.ts';
import { decrypt, encrypt } from './attachments.ts';
import type { Tokens } from './tokens.ts';

const MEDIA = '/_matrix/client/v1/media';
const UPLOAD = '/_matrix/media/v3/upload';
const MXC = /^mxc:\/\/([^/?#]+)\/([A-Za-z0-9_-]+)$/;
const ROOMS = '/_chancery/client/v1/rooms';
/** How long to wait before each try to say to which chat a file belongs. */
const LINK_PAUSES_MS = [0, 1_000, 4_000];
const OCTETS = 'application/octet-stream';
const OPEN_BYTES_MAX = 512 * 1024 * 1024;

/** Types that a browser shows without running anything of theirs. No SVG, no HTML, no PDF. */
const HARMLESS = new Set([
    'image/apng',
    'image/avif',
    'image/gif',
    'image/jpeg',
    'image/png',
    'image/webp',
    'audio/aac',
    'audio/flac',
    'audio/mp4',
    'audio/mpeg',
    'audio/ogg',
    'audio/wav',
    'audio/webm',
    'video/mp4',
    'video/ogg',
    'video/quicktime',
    'video/webm',
]);

export function harmlessType(mime: string): string {
    const plain = mime.split(';', 1)[0]?.trim().toLowerCase() ?? '';
    return HARMLESS.has(plain) ? plain : OCTETS;
}

/** The path of a file on the own server; undefined for what is no address. */
function pathOf(mxc: string | undefined): string | undefined {
    const found = MXC.exec(mxc ?? '');
    return found ? `${encodeURIComponent(found[1] ?? '')}/${found[2]}` : undefined;
}

interface Held {
    readonly opening: Promise<{ url: string; blob: Blob }>;
    holders: number;
}

/** Files by their address: fetched once, shared, let go when nobody holds them. */
export class Files implements MediaSource {
    readonly #tokens: Tokens;
    readonly #held = new Map<string, Held>();

    constructor(tokens: Tokens) {
        this.#tokens = tokens;
    }

    thumbnailUrl(mxc: string | undefined, width: number, height: number): string | undefined {
        const path = pathOf(mxc);
        if (!path) {
            return undefined;
        }
        const scale = Math.min(2, Math.ceil(globalThis.devicePixelRatio || 1));
        const query = new URLSearchParams({
            width: String(width * scale),
            height: String(height * scale),
            method: 'crop',
        });
        return `${MEDIA}/thumbnail/${path}?${query}`;
    }

    async open(ref: MediaRef, onProgress?: (loaded: number) => void): Promise<OpenMedia> {
        let held = this.#held.get(ref.mxc);
        if (!held) {
            held = { opening: this.#fetch(ref, onProgress), holders: 0 };
            this.#held.set(ref.mxc, held);
        }
        const mine = held;
        mine.holders++;
        try {
            const { url, blob } = await mine.opening;
            let released = false;
            const release = () => {
                if (!released) {
                    released = true;
                    this.#release(ref.mxc, mine);
                }
            };
            return { url, blob, release };
        } catch (fault) {
            this.#held.delete(ref.mxc); // The next one tries anew.
            throw fault;
        }
    }

    /** Uploads bytes; encrypted unless `plain`. Answers with the members `url` or `file`. */
    async upload(
        blob: Blob,
        options: {
            readonly plain: boolean;
            readonly signal: AbortSignal;
            readonly onProgress?: ((loaded: number, total: number) => void) | undefined;
            /** The chat whose record the file belongs to, where it is kept. */
            readonly keptIn?: string | undefined;
        },
    ): Promise<{ url: string } | { file: Record<string, unknown> }> {
        const { plain, signal, keptIn } = options;
        const encrypted = plain ? undefined : await encrypt(await blob.arrayBuffer());
        const url = encrypted
            ? await this.#send(new Blob([encrypted.bytes]), OCTETS, options)
            : await this.#send(blob, blob.type || OCTETS, options);
        if (keptIn !== undefined) {
            await this.link(url, keptIn, signal);
        }
        return encrypted ? { file: { ...encrypted.file, url } } : { url };
    }

    /**
     * Says to which kept chat an own file belongs, as its address stands inside the encryption. The
     * same again does no harm. Where that fails, the server infers it and the message goes all the
     * same.
     */
    async link(mxc: string, chatId: string, signal?: AbortSignal): Promise<void> {
        const id = MXC.exec(mxc)?.[2];
        const path = `${ROOMS}/${encodeURIComponent(chatId)}/attachments/${id}`;
        for (const pauseMs of LINK_PAUSES_MS) {
            await new Promise((done) => setTimeout(done, pauseMs));
            signal?.throwIfAborted();
            const status = await this.#tokens
                .fetch(path, {
                    method: 'PUT',
                    headers: { authorization: 'Bearer', 'content-type': 'application/json' },
                    body: '{}',
                    ...(signal ? { signal } : {}),
                })
                .then((answer) => answer.status)
                .catch(() => 0);
            if (status !== 0 && status !== 429 && status < 500) {
                return; // Done, or refused: to ask again would change nothing.
            }
        }
    }

    stop(): void {
        for (const { opening } of this.#held.values()) {
            opening.then(({ url }) => URL.revokeObjectURL(url)).catch(() => undefined);
        }
        this.#held.clear();
    }

    #release(mxc: string, held: Held): void {
        held.holders--;
        if (held.holders === 0) {
            if (this.#held.get(mxc) === held) {
                this.#held.delete(mxc);
            }
            held.opening.then(({ url }) => URL.revokeObjectURL(url)).catch(() => undefined);
        }
    }

    async #fetch(
        ref: MediaRef,
        onProgress: ((loaded: number) => void) | undefined,
    ): Promise<{ url: string; blob: Blob }> {
        const path = pathOf(ref.mxc);
        if (!path) {
            throw new Troubled({ kind: 'gone' });
        }
        const bytes = await this.#bytes(`${MEDIA}/download/${path}`, onProgress);
        const plain = ref.file === undefined ? bytes : await decrypt(bytes, ref.file);
        const blob = new Blob([plain], { type: harmlessType(ref.mime) });
        return { url: URL.createObjectURL(blob), blob };
    }

    async #bytes(
        path: string,
        onProgress: ((loaded: number) => void) | undefined,
    ): Promise<ArrayBuffer> {
        const headers = { authorization: 'Bearer' };
        const answer = await this.#tokens.fetch(path, { headers }).catch(() => {
            throw new Troubled(troubleOfLine());
        });
        if (!answer.ok || !answer.body) {
            const body: unknown = await answer.json().catch(() => ({}));
            const errcode = isRecord(body) ? text(body.errcode) : undefined;
            throw new Troubled(troubleOfRefusal({ status: answer.status, errcode }));
        }
        const parts: Uint8Array<ArrayBuffer>[] = [];
        let loaded = 0;
        const reader = answer.body.getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read()) {
            parts.push(part.value);
            loaded += part.value.length;
            if (loaded > OPEN_BYTES_MAX) {
                await reader.cancel();
                throw new Troubled({ kind: 'too-large', limit: OPEN_BYTES_MAX });
            }
            onProgress?.(loaded);
        }
        return new Blob(parts).arrayBuffer();
    }

    /** By XMLHttpRequest, since `fetch` tells no progress of what it sends. */
    async #send(
        blob: Blob,
        type: string,
        options: {
            readonly signal: AbortSignal;
            readonly onProgress?: ((loaded: number, total: number) => void) | undefined;
        },
    ): Promise<string> {
        const token = await this.#tokens.fresh();
        return new Promise((resolve, reject) => {
            const request = new XMLHttpRequest();
            request.open('POST', UPLOAD);
            request.setRequestHeader('authorization', `Bearer ${token}`);
            request.setRequestHeader('content-type', type);
            request.responseType = 'json';
            request.upload.onprogress = ({ loaded, total }) => options.onProgress?.(loaded, total);
            request.onerror = () => reject(new Troubled(troubleOfLine()));
            request.onabort = () => reject(new DOMException('stopped', 'AbortError'));
            request.onload = () => {
                const body = isRecord(request.response) ? request.response : {};
                const mxc = text(body.content_uri);
                if (request.status === 200 && mxc) {
                    resolve(mxc);
                } else {
                    const errcode = text(body.errcode);
                    reject(new Troubled(troubleOfRefusal({ status: request.status, errcode })));
                }
            };
            options.signal.addEventListener('abort', () => request.abort(), { once: true });
            request.send(blob);
        });
    }
}
