/** How a picture lies in its frame: `scale` 1 fits it in; the offsets are in px of the frame. */
export interface Zoom {
    readonly scale: number;
    readonly x: number;
    readonly y: number;
}

export const FITTED: Zoom = { scale: 1, x: 0, y: 0 };
const SCALE_MAX = 8;
const STEP = 1.5;

interface Size {
    readonly width: number;
    readonly height: number;
}

/** Nearer or farther, with the point of the frame under it staying where it is. */
export function zoomed(
    zoom: Zoom,
    how: 'in' | 'out',
    frame: Size,
    at: { readonly x: number; readonly y: number } = { x: frame.width / 2, y: frame.height / 2 },
): Zoom {
    const wanted = how === 'in' ? zoom.scale * STEP : zoom.scale / STEP;
    const scale = Math.min(SCALE_MAX, Math.max(1, wanted));
    const factor = scale / zoom.scale;
    const [cx, cy] = [at.x - frame.width / 2, at.y - frame.height / 2];
    return within({ scale, x: cx - (cx - zoom.x) * factor, y: cy - (cy - zoom.y) * factor }, frame);
}

export function moved(zoom: Zoom, dx: number, dy: number, frame: Size): Zoom {
    return within({ ...zoom, x: zoom.x + dx, y: zoom.y + dy }, frame);
}

/** The picture never leaves its frame. */
function within(zoom: Zoom, frame: Size): Zoom {
    const room = (side: number) => (side * (zoom.scale - 1)) / 2;
    const held = (value: number, most: number) => Math.min(most, Math.max(-most, value)) || 0;
    return {
        scale: zoom.scale,
        x: held(zoom.x, room(frame.width)),
        y: held(zoom.y, room(frame.height)),
    };
}
