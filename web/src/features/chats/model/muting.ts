const HOUR_MS = 3_600_000;

export type MuteFor = 'evening' | 'week' | 'always';

/** When the sound comes back; undefined: when it is switched on again. */
export function muteUntil(how: MuteFor, now: number): number | undefined {
    if (how === 'evening') return now + 8 * HOUR_MS;
    if (how === 'week') return now + 7 * 24 * HOUR_MS;
    return undefined;
}
