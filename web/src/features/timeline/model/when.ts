/** Days and times as people say them; the clock is handed in, so that tests own it. */

const DAY_MS = 86_400_000;

/** Days between two moments by the calendar of the reader, not by 24 hours. */
export function daysBetween(earlier: number, later: number): number {
    return Math.round((midnight(later) - midnight(earlier)) / DAY_MS);
}

function midnight(ts: number): number {
    const day = new Date(ts);
    day.setHours(0, 0, 0, 0);
    return day.getTime();
}

export function sameDay(a: number, b: number): boolean {
    return midnight(a) === midnight(b);
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(locale: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
    const key = `${locale} ${JSON.stringify(options)}`;
    let found = formats.get(key);
    if (!found) {
        found = new Intl.DateTimeFormat(locale, options);
        formats.set(key, found);
    }
    return found;
}

export function clockTime(ts: number, locale: string): string {
    return format(locale, { hour: '2-digit', minute: '2-digit' }).format(ts);
}

/** "Today" and "Yesterday" come from `Intl`, so that they need no words of ours. */
function relativeDay(days: number, locale: string): string {
    const text = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(-days, 'day');
    return text.charAt(0).toLocaleUpperCase(locale) + text.slice(1);
}

/** The heading over a day of messages. */
export function dayHeading(ts: number, now: number, locale: string): string {
    const days = daysBetween(ts, now);
    if (days === 0 || days === 1) return relativeDay(days, locale);
    const thisYear = new Date(ts).getFullYear() === new Date(now).getFullYear();
    return format(locale, {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        ...(thisYear ? {} : { year: 'numeric' }),
    }).format(ts);
}

/** The time beside a chat in the list: the hour today, then the day, then the date. */
export function listTime(ts: number, now: number, locale: string): string {
    const days = daysBetween(ts, now);
    if (days <= 0) return clockTime(ts, locale);
    if (days === 1) return relativeDay(days, locale);
    if (days < 7) return format(locale, { weekday: 'long' }).format(ts);
    return format(locale, { day: 'numeric', month: 'numeric', year: 'numeric' }).format(ts);
}

/** A moment in full, for what is read aloud and for message info. */
export function fullMoment(ts: number, locale: string): string {
    return format(locale, { dateStyle: 'full', timeStyle: 'short' }).format(ts);
}

export function duration(ms: number): string {
    const seconds = Math.max(0, Math.round(ms / 1000));
    const rest = String(seconds % 60).padStart(2, '0');
    const minutes = Math.floor(seconds / 60);
    if (minutes < 60) return `${minutes}:${rest}`;
    return `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}:${rest}`;
}

export function fileSize(bytes: number, locale: string): string {
    const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
    let value = bytes;
    let unit = 0;
    while (value >= 1000 && unit < units.length - 1) {
        value /= 1000;
        unit++;
    }
    return new Intl.NumberFormat(locale, {
        style: 'unit',
        unit: units[unit] ?? 'byte',
        unitDisplay: unit === 0 ? 'long' : 'short',
        maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0,
    }).format(value);
}
