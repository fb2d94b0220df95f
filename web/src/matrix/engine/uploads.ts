import { EventStatus, EventType, MatrixEvent, type Room } from 'matrix-js-sdk';
import { troubleOf } from '../trouble.ts';
import type { OutgoingFile } from '../types.ts';
import { keptRecordOf } from './keptRecord.ts';
import type { Files } from './media.ts';

type Content = Record<string, unknown>;

interface Upload {
    readonly key: string;
    readonly event: MatrixEvent;
    readonly stop: AbortController;
    loaded: number;
    total: number;
}

const MSGTYPE = {
    image: 'm.image',
    file: 'm.file',
    video: 'm.video',
    audio: 'm.audio',
    voice: 'm.audio',
} as const;

const WAVEFORM_TOP = 1024;

/** Files on their way up, each with a row that shows how far it is. */
export class Uploads {
    readonly #files: Files;
    readonly #room: Room;
    readonly #onChange: (key: string) => void;
    readonly #uploads = new Map<string, Upload>();

    constructor(files: Files, room: Room, onChange: (key: string) => void) {
        this.#files = files;
        this.#room = room;
        this.#onChange = onChange;
    }

    /** Uploads, encrypted where the chat is, then hands over the content of the message. */
    async start(file: OutgoingFile, then: (content: Content) => void): Promise<void> {
        const upload = this.#row(file);
        this.#uploads.set(upload.key, upload);
        this.#onChange(upload.key);
        try {
            const content = await this.#content(file, upload);
            this.#uploads.delete(upload.key);
            then(content);
        } catch (fault) {
            if (upload.stop.signal.aborted) {
                this.#uploads.delete(upload.key);
            } else {
                upload.event.error = Object.assign(new Error(), {
                    trouble: troubleOf(fault),
                }) as never;
                upload.event.setStatus(EventStatus.NOT_SENT);
            }
        }
        this.#onChange(upload.key);
    }

    async plain(picture: Blob): Promise<string> {
        const signal = new AbortController().signal;
        const stored = await this.#files.upload(picture, { plain: true, signal });
        return 'url' in stored ? stored.url : '';
    }

    progress(key: string): { loaded: number; total: number } | undefined {
        const upload = this.#uploads.get(key);
        return upload && upload.event.status !== EventStatus.NOT_SENT
            ? { loaded: upload.loaded, total: upload.total }
            : undefined;
    }

    /** Rows of files that are not messages yet. */
    events(): readonly MatrixEvent[] {
        return [...this.#uploads.values()].map((upload) => upload.event);
    }

    /** True when the key was of a file under way. */
    discard(key: string): boolean {
        const upload = this.#uploads.get(key);
        upload?.stop.abort();
        const was = this.#uploads.delete(key);
        if (was) {
            this.#onChange(key);
        }
        return was;
    }

    stop(): void {
        for (const upload of this.#uploads.values()) {
            upload.stop.abort();
        }
        this.#uploads.clear();
    }

    #row(file: OutgoingFile): Upload {
        const key = `upload-${crypto.randomUUID()}`;
        const event = new MatrixEvent({
            type: EventType.RoomMessage,
            room_id: this.#room.roomId,
            sender: this.#room.myUserId,
            event_id: `~${key}`,
            origin_server_ts: Date.now(),
            content: {
                msgtype: MSGTYPE[file.kind],
                body: file.caption ?? file.name,
                filename: file.name,
                url: 'mxc://pending/pending',
                info: infoOf(file),
            },
            unsigned: { transaction_id: key },
        });
        event.setStatus(EventStatus.SENDING);
        return { key, event, stop: new AbortController(), loaded: 0, total: file.file.size };
    }

    async #content(file: OutgoingFile, upload: Upload): Promise<Content> {
        const plain = !this.#room.hasEncryptionStateEvent();
        const { signal } = upload.stop;
        const keptIn = keptRecordOf(this.#room.currentState) ? this.#room.roomId : undefined;
        const small = file.thumbnail;
        const thumbnail = small
            ? await this.#files.upload(small.blob, { plain, signal, keptIn })
            : undefined;
        const stored = await this.#files.upload(file.file, {
            plain,
            signal,
            keptIn,
            onProgress: (loaded, total) => {
                upload.loaded = loaded;
                upload.total = total;
                this.#onChange(upload.key);
            },
        });
        return {
            msgtype: MSGTYPE[file.kind],
            body: file.caption || file.name,
            filename: file.name,
            ...stored,
            info: {
                ...infoOf(file),
                ...(thumbnail && small ? thumbnailInfo(thumbnail, small) : {}),
            },
            ...(file.kind === 'voice' ? voice(file) : {}),
            ...(file.replyTo
                ? { 'm.relates_to': { 'm.in_reply_to': { event_id: file.replyTo } } }
                : {}),
            'm.mentions': {},
        };
    }
}

function infoOf(file: OutgoingFile): Content {
    return {
        mimetype: file.file.type || 'application/octet-stream',
        size: file.file.size,
        ...(file.width && file.height ? { w: file.width, h: file.height } : {}),
        ...(file.durationMs ? { duration: Math.round(file.durationMs) } : {}),
        ...(file.alt ? { 'org.chancery.alt': file.alt } : {}),
    };
}

function thumbnailInfo(
    stored: { url: string } | { file: Content },
    small: NonNullable<OutgoingFile['thumbnail']>,
): Content {
    return {
        ...('url' in stored ? { thumbnail_url: stored.url } : { thumbnail_file: stored.file }),
        thumbnail_info: {
            mimetype: small.blob.type,
            size: small.blob.size,
            w: small.width,
            h: small.height,
        },
    };
}

/** MSC3245 and MSC1767: what other clients know a voice note by. */
function voice(file: OutgoingFile): Content {
    return {
        'org.matrix.msc3245.voice': {},
        'org.matrix.msc1767.audio': {
            duration: Math.round(file.durationMs ?? 0),
            waveform: (file.waveform ?? []).map((height) => Math.round(height * WAVEFORM_TOP)),
        },
    };
}
