/**
 * What stands under what in a conversation: days, messages in groups, lines of the system in runs.
 * Pure, and stable: a row whose parts did not change is the same object as before, so that only what
 * changed is drawn again.
 */
import type { Message } from '../../../matrix/index.ts';
import { sameDay } from './when.ts';

export type Row =
    | { readonly kind: 'day'; readonly key: string; readonly time: number }
    | { readonly kind: 'unread'; readonly key: string; readonly count: number }
    | {
          readonly kind: 'message';
          readonly key: string;
          readonly message: Message;
          /** Goes on what the row above began: no name, joined corners. */
          readonly continues: boolean;
          /** The last of its group carries the picture of its sender. */
          readonly last: boolean;
      }
    | { readonly kind: 'system'; readonly key: string; readonly messages: readonly Message[] };

const GROUP_MS = 5 * 60_000;

export interface RowsInput {
    readonly messages: readonly Message[];
    readonly hidden: ReadonlySet<string>;
    readonly firstUnread: string | undefined;
    readonly unread: number;
}

/** Makes the rows anew for each snapshot, and keeps those of the last time that still hold. */
export class RowBuilder {
    #before = new Map<string, Row>();

    build(input: RowsInput): readonly Row[] {
        const rows: Row[] = [];
        const shown = input.messages.filter((each) => !input.hidden.has(each.id));
        for (const [n, message] of shown.entries()) {
            const above = shown[n - 1];
            if (!above || !sameDay(above.time, message.time)) {
                rows.push({ kind: 'day', key: `day ${dayKey(message.time)}`, time: message.time });
            }
            if (message.key === input.firstUnread && input.unread > 0) {
                const count = Math.max(input.unread, fromOthers(shown.slice(n)));
                rows.push({ kind: 'unread', key: 'unread', count });
            }
            rows.push(this.#row(rows.at(-1), message, shown[n + 1], input.firstUnread));
        }
        return this.#keep(mergeRuns(rows));
    }

    #row(above: Row | undefined, message: Message, next: Message | undefined, stop?: string): Row {
        if (message.kind === 'system') {
            return { kind: 'system', key: message.key, messages: [message] };
        }
        const continues = above?.kind === 'message' && joined(above.message, message);
        const last = !next || next.key === stop || !joined(message, next);
        return { kind: 'message', key: message.key, message, continues, last };
    }

    #keep(rows: readonly Row[]): readonly Row[] {
        const kept = rows.map((row) => {
            const before = this.#before.get(row.key);
            return before && same(before, row) ? before : row;
        });
        this.#before = new Map(kept.map((row) => [row.key, row]));
        return kept;
    }
}

/** What came since counts along; what is not loaded was counted when the chat was opened. */
function fromOthers(messages: readonly Message[]): number {
    const counted = messages.filter(
        ({ own, kind }) => !own && kind !== 'system' && kind !== 'deleted',
    );
    return counted.length;
}

function dayKey(time: number): string {
    const day = new Date(time);
    return `${day.getFullYear()}-${day.getMonth() + 1}-${day.getDate()}`;
}

function joined(a: Message, b: Message): boolean {
    return (
        a.kind !== 'system' &&
        b.kind !== 'system' &&
        a.sender.id === b.sender.id &&
        b.time - a.time < GROUP_MS &&
        sameDay(a.time, b.time)
    );
}

/** Lines of the system that follow each other are one row, which folds when it is long. */
function mergeRuns(rows: readonly Row[]): Row[] {
    const out: Row[] = [];
    for (const row of rows) {
        const above = out.at(-1);
        if (row.kind === 'system' && above?.kind === 'system') {
            out[out.length - 1] = {
                kind: 'system',
                key: above.key,
                messages: [...above.messages, ...row.messages],
            };
        } else out.push(row);
    }
    return out;
}

function same(a: Row, b: Row): boolean {
    if (a.kind === 'message' && b.kind === 'message') {
        return a.message === b.message && a.continues === b.continues && a.last === b.last;
    }
    if (a.kind === 'system' && b.kind === 'system') {
        return (
            a.messages.length === b.messages.length &&
            a.messages.every((message, n) => message === b.messages[n])
        );
    }
    if (a.kind === 'unread' && b.kind === 'unread') return a.count === b.count;
    return a.kind === 'day' && b.kind === 'day';
}

/** Where a message stands among the rows; -1 when it is not there. */
export function indexOfKey(rows: readonly Row[], key: string): number {
    return rows.findIndex(
        (row) =>
            row.key === key ||
            (row.kind === 'system' && row.messages.some((message) => message.key === key)),
    );
}

/** How tall a row will be, about; the better the guess, the less the list has to correct. */
export function estimate(row: Row | undefined, width: number): number {
    if (!row) return 60;
    if (row.kind === 'day') return 58;
    if (row.kind === 'unread') return 50;
    if (row.kind === 'system') return Math.min(row.messages.length, 3) * 20 + 24;
    const { message } = row;
    const chars = Math.max(20, Math.min(68, Math.floor((width - 110) / 7.4)));
    const lines = Math.min(24, Math.ceil(message.text.length / chars) || 1);
    let height = (row.continues ? 3 : 12) + 13 + lines * 22;
    if (!row.continues && !message.own) height += 19;
    if (message.kind === 'image' || message.kind === 'video') height += 210;
    if (message.kind === 'file' || message.kind === 'voice') height += 42;
    if (message.replyTo) height += 52;
    if (message.reactions.length > 0) height += 22;
    return height;
}

/**
 * Whether the window moves along with a change of a row's height, so that what is read stays where it
 * is. Always so for a row that lies wholly above, also while the reader goes up: a message that was
 * the first one loses its name when older ones come before it. A row across the upper edge grows
 * downwards, as when a long one is unfolded, unless it was only guessed until now.
 */
export function holds(
    row: { readonly start: number; readonly end: number },
    offset: number,
    measured: boolean,
): boolean {
    return measured ? row.end <= offset : row.start < offset;
}
