import type { IContent } from 'matrix-js-sdk';
import { isRecord } from '../http.ts';
import type { Media, MediaRef, MessageKind } from '../types.ts';

const NAME_MAX = 255;
const WAVEFORM_MAX = 120;
const WAVEFORM_TOP = 1024;
const PIXELS_MAX = 20_000;
const TEXT_MAX = 100_000;
const OCTETS = 'application/octet-stream';

const KINDS: Record<string, MessageKind> = {
    'm.text': 'text',
    'm.notice': 'notice',
    'm.emote': 'emote',
    'm.image': 'image',
    'm.file': 'file',
    'm.video': 'video',
    'm.audio': 'audio',
    'm.location': 'location',
};

/** Contents come from strangers: anything may be missing, or of another type. */
function text(value: unknown): string | undefined {
    return typeof value === 'string' ? value : undefined;
}

function within(value: unknown, most: number): number | undefined {
    return typeof value === 'number' && Number.isFinite(value) && value > 0 && value <= most
        ? Math.round(value)
        : undefined;
}

export function kindOf(content: IContent): MessageKind {
    const kind = KINDS[text(content.msgtype) ?? ''];
    if (!kind) {
        return typeof content.body === 'string' ? 'text' : 'unknown';
    }
    if (kind === 'audio' && isRecord(content['org.matrix.msc3245.voice'])) {
        return 'voice';
    }
    const needsFile = ['image', 'file', 'video', 'audio'].includes(kind);
    return needsFile && !mediaOf(content) ? 'unknown' : kind;
}

/** The words without the quoted part that old clients put before a reply. */
export function plainText(content: IContent): string {
    const body = (text(content.body) ?? '').slice(0, TEXT_MAX);
    return isReply(content) ? withoutQuote(body) : body;
}

function isReply(content: IContent): boolean {
    const relates = content['m.relates_to'];
    return isRecord(relates) && isRecord(relates['m.in_reply_to']);
}

function withoutQuote(body: string): string {
    if (!body.startsWith('> ')) {
        return body;
    }
    const lines = body.split('\n');
    const first = lines.findIndex((line) => !line.startsWith('> ') && line !== '>');
    return first < 0 ? body : lines.slice(lines[first] === '' ? first + 1 : first).join('\n');
}

/** Formatted text as it came, without the quoted part; nothing here makes it safe. */
export function formatted(content: IContent): string | undefined {
    if (content.format !== 'org.matrix.custom.html') {
        return undefined;
    }
    const html = text(content.formatted_body)?.slice(0, TEXT_MAX);
    return html?.replace(/^\s*<mx-reply>[\s\S]*?<\/mx-reply>/i, '') || undefined;
}

/** The words under a picture or file: the body, where a file name stands beside it. */
export function caption(content: IContent): string {
    const name = text(content.filename);
    const body = text(content.body);
    return name !== undefined && body !== undefined && name !== body ? plainText(content) : '';
}

function refOf(url: unknown, file: unknown, info: unknown): MediaRef | undefined {
    const encrypted = isRecord(file) ? file : undefined;
    const mxc = text(encrypted ? encrypted.url : url);
    if (!mxc?.startsWith('mxc://')) {
        return undefined;
    }
    const about = isRecord(info) ? info : {};
    return {
        mxc,
        ...(encrypted ? { file: encrypted } : {}),
        mime: text(about.mimetype) ?? OCTETS,
        size: within(about.size, Number.MAX_SAFE_INTEGER),
    };
}

export function mediaOf(content: IContent): Media | undefined {
    const ref = refOf(content.url, content.file, content.info);
    if (!ref) {
        return undefined;
    }
    const info = isRecord(content.info) ? content.info : {};
    const name = text(content.filename) ?? text(content.body) ?? '';
    return {
        ...ref,
        name: name.replace(/[\p{Cc}\u202a-\u202e\u2066-\u2069/\\]/gu, ' ').slice(0, NAME_MAX),
        width: within(info.w, PIXELS_MAX),
        height: within(info.h, PIXELS_MAX),
        durationMs: within(info.duration, Number.MAX_SAFE_INTEGER),
        waveform: waveformOf(content),
        thumbnail: refOf(info.thumbnail_url, info.thumbnail_file, info.thumbnail_info),
        alt: text(info['org.chancery.alt']),
    };
}

function waveformOf(content: IContent): readonly number[] | undefined {
    const audio = content['org.matrix.msc1767.audio'];
    const heights = isRecord(audio) ? audio.waveform : undefined;
    if (!Array.isArray(heights)) {
        return undefined;
    }
    return heights
        .slice(0, WAVEFORM_MAX)
        .map((height) => Math.min(1, Math.max(0, Number(height) / WAVEFORM_TOP || 0)));
}

/** Ids of who is mentioned, and whether everyone is. */
export function mentionsOf(content: IContent): { people: readonly string[]; all: boolean } {
    const mentions = content['m.mentions'];
    if (!isRecord(mentions)) {
        return { people: [], all: false };
    }
    const people = Array.isArray(mentions.user_ids)
        ? mentions.user_ids.filter((id): id is string => typeof id === 'string')
        : [];
    return { people, all: mentions.room === true };
}
