/** The size at which a picture is shown, known before it is there. */
const WIDTH_MAX = 344;
const HEIGHT_MAX = 400;
const SIDE_MIN = 120;

export function fitted(
    width: number | undefined,
    height: number | undefined,
): { width: number; height: number } {
    if (!width || !height || width < 0 || height < 0) return { width: WIDTH_MAX, height: 194 };
    const scale = Math.min(1, WIDTH_MAX / width, HEIGHT_MAX / height);
    const side = (length: number, max: number) =>
        Math.round(Math.min(max, Math.max(SIDE_MIN, length * scale)));
    return { width: side(width, WIDTH_MAX), height: side(height, HEIGHT_MAX) };
}
