/** Heights of a voice note, fitted to so many bars; the loudest of each part counts. */
export function bars(heights: readonly number[], count: number): number[] {
    if (heights.length === 0) return new Array<number>(count).fill(0.15);
    const out: number[] = [];
    for (let n = 0; n < count; n++) {
        const from = Math.floor((n * heights.length) / count);
        const to = Math.max(from + 1, Math.floor(((n + 1) * heights.length) / count));
        const part = heights.slice(from, to).map((each) => Math.min(1, Math.max(0, each)));
        out.push(Math.max(...part, 0));
    }
    return out;
}
