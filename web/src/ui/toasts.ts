/**
 * Notices at the foot of the window. One that offers to undo holds its act back for ten seconds, and
 * longer while it has the pointer or the focus: who reads slowly must not lose the chance. What waits
 * is done at once when the page goes away, so that a closed tab does not turn "delete" into nothing.
 */
import { create } from 'zustand';

export const UNDO_MS = 10_000;
const NOTICE_MS = 6_000;
const TOASTS_MAX = 4;

export interface Toast {
    readonly id: number;
    readonly text: string;
    readonly detail?: string | undefined;
    /** Ms that are left; it stands still while the toast is held. */
    readonly left: number;
    readonly total: number;
    readonly undo?: (() => void) | undefined;
    readonly act?: { readonly label: string; readonly run: () => void } | undefined;
    readonly done?: (() => void) | undefined;
}

interface Toasts {
    readonly list: readonly Toast[];
    readonly held: boolean;
}

export const useToasts = create<Toasts>(() => ({ list: [], held: false }));

let next = 1;

function add(toast: Omit<Toast, 'id'>): number {
    const id = next++;
    const list = [...useToasts.getState().list, { ...toast, id }];
    while (list.length > TOASTS_MAX) list.shift()?.done?.();
    useToasts.setState({ list });
    return id;
}

export function notice(text: string, act?: Toast['act']): void {
    add({ text, act, left: NOTICE_MS, total: NOTICE_MS });
}

/** Holds an act back so that it can be undone; `done` runs when the time is over. */
export function undoable(toast: {
    text: string;
    detail?: string | undefined;
    undo: () => void;
    done: () => void;
}): number {
    return add({ ...toast, left: UNDO_MS, total: UNDO_MS });
}

function take(id: number): Toast | undefined {
    const { list } = useToasts.getState();
    const found = list.find((each) => each.id === id);
    if (found) useToasts.setState({ list: list.filter((each) => each !== found) });
    return found;
}

export function undo(id: number): void {
    take(id)?.undo?.();
}

/** Lets the act happen now. */
export function settle(id: number): void {
    take(id)?.done?.();
}

export function settleAll(): void {
    for (const toast of useToasts.getState().list) settle(toast.id);
}

export function hold(held: boolean): void {
    useToasts.setState({ held });
}

/** Time goes on for all toasts, unless one of them is held. */
export function tick(ms: number): void {
    const { list, held } = useToasts.getState();
    if (held || list.length === 0) return;
    const later = list.map((each) => ({ ...each, left: each.left - ms }));
    useToasts.setState({ list: later.filter((each) => each.left > 0) });
    for (const toast of later) if (toast.left <= 0) toast.done?.();
}
