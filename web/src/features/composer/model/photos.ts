/**
 * Photos are drawn anew before they are sent: what a camera writes into them, place, time and device,
 * does not come along. What the browser cannot draw is sent as the file that it is, and said so.
 */

export interface Prepared {
    readonly blob: Blob;
    readonly kind: 'image' | 'file' | 'video' | 'audio';
    readonly name: string;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly durationMs?: number | undefined;
    readonly thumbnail?: { blob: Blob; width: number; height: number } | undefined;
    /** False when hidden data may still be in it. */
    readonly cleaned: boolean;
}

export type Quality = 'usual' | 'full';

const SIDE_MAX: Record<Quality, number> = { usual: 2_048, full: 8_192 };
const THUMB = { width: 800, height: 600 };
const DRAWABLE = new Set(['image/jpeg', 'image/png', 'image/webp', 'image/avif', 'image/bmp']);
const WAIT_MS = 8_000;

export function within(
    width: number,
    height: number,
    widthMax: number,
    heightMax: number,
): { width: number; height: number } {
    const scale = Math.min(1, widthMax / width, heightMax / height);
    return {
        width: Math.max(1, Math.round(width * scale)),
        height: Math.max(1, Math.round(height * scale)),
    };
}

export async function prepare(file: File, quality: Quality): Promise<Prepared> {
    if (DRAWABLE.has(file.type)) {
        try {
            return await redraw(file, quality);
        } catch {
            return { blob: file, kind: 'file', name: file.name, cleaned: false };
        }
    }
    if (file.type === 'image/gif') return gif(file);
    if (file.type.startsWith('video/')) return film(file);
    if (file.type.startsWith('audio/')) {
        return { blob: file, kind: 'audio', name: file.name, cleaned: false };
    }
    return { blob: file, kind: 'file', name: file.name, cleaned: !file.type.startsWith('image/') };
}

async function redraw(file: File, quality: Quality): Promise<Prepared> {
    const picture = await createImageBitmap(file, { imageOrientation: 'from-image' });
    try {
        const side = SIDE_MAX[quality];
        const size = within(picture.width, picture.height, side, side);
        const keepsEdges = file.type === 'image/png';
        const type = keepsEdges ? 'image/png' : 'image/jpeg';
        const blob = await drawn(picture, size, type, quality === 'full' ? 0.92 : 0.84);
        const large = size.width > THUMB.width || size.height > THUMB.height;
        const small = within(size.width, size.height, THUMB.width, THUMB.height);
        return {
            blob,
            kind: 'image',
            name: renamed(file.name, keepsEdges ? 'png' : 'jpg'),
            ...size,
            thumbnail: large
                ? { blob: await drawn(picture, small, 'image/jpeg', 0.75), ...small }
                : undefined,
            cleaned: true,
        };
    } finally {
        picture.close();
    }
}

async function drawn(
    picture: CanvasImageSource,
    size: { width: number; height: number },
    type: string,
    quality: number,
): Promise<Blob> {
    const canvas = new OffscreenCanvas(size.width, size.height);
    const pen = canvas.getContext('2d');
    if (!pen) throw new Error('no canvas');
    pen.imageSmoothingQuality = 'high';
    if (type === 'image/jpeg') {
        pen.fillStyle = '#fff'; // What was see-through becomes white, not black.
        pen.fillRect(0, 0, size.width, size.height);
    }
    pen.drawImage(picture, 0, 0, size.width, size.height);
    return canvas.convertToBlob({ type, quality });
}

/** The ending says what the file has become. */
export function renamed(name: string, ending: string): string {
    const stem = name.replace(/\.[^.]{1,5}$/, '');
    const same = new RegExp(`\\.${ending}$|\\.jpeg$`, 'i');
    return same.test(name) && !(ending === 'png' && /jpe?g$/i.test(name))
        ? name
        : `${stem}.${ending}`;
}

/** A moving picture would stand still if it were drawn anew; it holds no place and no device. */
async function gif(file: File): Promise<Prepared> {
    try {
        const picture = await createImageBitmap(file);
        const { width, height } = picture;
        picture.close();
        return { blob: file, kind: 'image', name: file.name, width, height, cleaned: false };
    } catch {
        return { blob: file, kind: 'file', name: file.name, cleaned: false };
    }
}

async function film(file: File): Promise<Prepared> {
    const url = URL.createObjectURL(file);
    const video = document.createElement('video');
    video.muted = true;
    video.preload = 'auto';
    try {
        const ready = heard(video, 'loadeddata');
        video.src = url;
        await ready;
        const { videoWidth: width, videoHeight: height } = video;
        const size = within(width, height, THUMB.width, THUMB.height);
        const blob = await drawn(video, size, 'image/jpeg', 0.75);
        const durationMs = Number.isFinite(video.duration)
            ? Math.round(video.duration * 1000)
            : undefined;
        const thumbnail = { blob, ...size };
        const name = file.name;
        return {
            blob: file,
            kind: 'video',
            name,
            width,
            height,
            durationMs,
            thumbnail,
            cleaned: false,
        };
    } catch {
        return { blob: file, kind: 'file', name: file.name, cleaned: false };
    } finally {
        video.removeAttribute('src');
        video.load();
        URL.revokeObjectURL(url);
    }
}

function heard(video: HTMLVideoElement, event: string): Promise<void> {
    return new Promise((resolve, reject) => {
        const timer = setTimeout(() => reject(new Error('the video does not begin')), WAIT_MS);
        video.addEventListener(event, () => {
            clearTimeout(timer);
            resolve();
        });
        video.addEventListener('error', () => {
            clearTimeout(timer);
            reject(new Error('the video cannot be played'));
        });
    });
}
