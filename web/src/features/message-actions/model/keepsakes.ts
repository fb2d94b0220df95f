/**
 * What one keeps of messages for oneself, on all one's devices: which are starred, which are taken
 * out of one's own sight. Bounded, the oldest go first.
 */
import type { AccountData, Message } from '../../../matrix/index.ts';

export const STARRED = 'org.chancery.starred';
export const HIDDEN = 'org.chancery.hidden';
const STARRED_MAX = 500;
const HIDDEN_MAX = 2_000;

export interface Star {
    readonly room: string;
    readonly event: string;
    /** When it was starred. */
    readonly at: number;
}

export interface Starred {
    readonly messages: readonly Star[];
}

export interface Hidden {
    readonly events: readonly { readonly room: string; readonly event: string }[];
}

/** Account data come from a server: whatever is not of the shape is as if it were not there. */
export function readStarred(value: unknown): readonly Star[] {
    return entries(value, 'messages').flatMap(({ room, event, at }) =>
        typeof room === 'string' && typeof event === 'string'
            ? [{ room, event, at: typeof at === 'number' ? at : 0 }]
            : [],
    );
}

export function readHidden(value: unknown): Hidden['events'] {
    return entries(value, 'events').flatMap(({ room, event }) =>
        typeof room === 'string' && typeof event === 'string' ? [{ room, event }] : [],
    );
}

function entries(value: unknown, name: string): Record<string, unknown>[] {
    const list = (value as Record<string, unknown> | undefined)?.[name];
    if (!Array.isArray(list)) return [];
    return list.filter((each) => typeof each === 'object' && each !== null);
}

export function withStar(list: readonly Star[], star: Star, on: boolean): Starred {
    const others = list.filter((each) => each.event !== star.event);
    return { messages: on ? [star, ...others].slice(0, STARRED_MAX) : others };
}

export function withHidden(
    list: Hidden['events'],
    room: string,
    events: readonly string[],
): Hidden {
    const added = events.map((event) => ({ room, event }));
    const others = list.filter((each) => !events.includes(each.event));
    return { events: [...added, ...others].slice(0, HIDDEN_MAX) };
}

export function withoutHidden(list: Hidden['events'], events: readonly string[]): Hidden {
    return { events: list.filter((each) => !events.includes(each.event)) };
}

export async function star(
    data: AccountData,
    room: string,
    ids: readonly string[],
    on: boolean,
): Promise<void> {
    let list = readStarred(data.view(STARRED).snapshot());
    for (const event of ids) list = withStar(list, { room, event, at: Date.now() }, on).messages;
    await data.set(STARRED, { messages: list });
}

export async function hide(
    data: AccountData,
    room: string,
    messages: readonly Message[],
): Promise<void> {
    const list = readHidden(data.view(HIDDEN).snapshot());
    await data.set(
        HIDDEN,
        withHidden(
            list,
            room,
            messages.map((each) => each.id),
        ),
    );
}

export async function unhide(data: AccountData, messages: readonly Message[]): Promise<void> {
    const list = readHidden(data.view(HIDDEN).snapshot());
    await data.set(
        HIDDEN,
        withoutHidden(
            list,
            messages.map((each) => each.id),
        ),
    );
}
