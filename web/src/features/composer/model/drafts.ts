/**
 * What is being written in each chat, sealed on this device. It survives a reload and a change of
 * chats, and goes when it is sent. The list of chats shows that it is there.
 */
import { create } from 'zustand';
import { keys, remove } from '../../../keep/db.ts';
import { put, take } from '../../../keep/vault.ts';
import type { Mention } from './markup.ts';

export interface Draft {
    readonly text: string;
    readonly mentions: readonly Mention[];
    /** A change of an earlier message that is under way, beside what is being written anew. */
    readonly edit?: { readonly id: string; readonly text: string } | undefined;
}

const PREFIX = 'draft:';
const SAVE_EVERY_MS = 400;
const LENGTH_MAX = 60_000;

const NO_DRAFT: Draft = { text: '', mentions: [] };

interface Drafts {
    readonly ready: boolean;
    readonly drafts: ReadonlyMap<string, Draft>;
}

export const useDrafts = create<Drafts>(() => ({ ready: false, drafts: new Map() }));

/** Chats whose text was written down just now; the next time is when the timer ends. */
const resting = new Map<string, ReturnType<typeof setTimeout>>();
const unsaved = new Set<string>();

/** Reads what is kept; once after signing in. What was typed meanwhile wins. */
export async function loadDrafts(): Promise<void> {
    const found = new Map<string, Draft>();
    for (const key of await keys(PREFIX)) {
        const draft = await take<Draft>(key);
        if (draft) found.set(key.slice(PREFIX.length), draft);
    }
    for (const [chatId, draft] of useDrafts.getState().drafts) found.set(chatId, draft);
    useDrafts.setState({ ready: true, drafts: found });
}

export function draftOf(chatId: string): Draft {
    return useDrafts.getState().drafts.get(chatId) ?? NO_DRAFT;
}

export function useDraft(chatId: string): Draft {
    return useDrafts((state) => state.drafts.get(chatId) ?? NO_DRAFT);
}

export function setDraft(chatId: string, draft: Draft): void {
    const drafts = new Map(useDrafts.getState().drafts);
    const isEmpty = draft.text === '' && !draft.edit;
    if (isEmpty) drafts.delete(chatId);
    else drafts.set(chatId, { ...draft, text: draft.text.slice(0, LENGTH_MAX) });
    useDrafts.setState({ drafts });
    unsaved.add(chatId);
    if (isEmpty || !resting.has(chatId)) void save(chatId);
}

/** The wording so far of a message that is being changed; undefined when that has ended. */
export function setEdit(chatId: string, edit: Draft['edit']): void {
    const draft = draftOf(chatId);
    if (edit || draft.edit) setDraft(chatId, { ...draft, edit });
}

/** The first change is written at once, those that follow a few times a second. */
async function save(chatId: string): Promise<void> {
    clearTimeout(resting.get(chatId));
    resting.set(chatId, setTimeout(rested, SAVE_EVERY_MS, chatId));
    unsaved.delete(chatId);
    const draft = useDrafts.getState().drafts.get(chatId);
    if (draft) await put(PREFIX + chatId, draft);
    else await remove(PREFIX + chatId);
}

function rested(chatId: string): void {
    resting.delete(chatId);
    if (unsaved.has(chatId)) void save(chatId);
}

/** Writes down at once what is not written down; before a reload, and when the page goes away. */
export async function saveDrafts(): Promise<void> {
    await Promise.all([...unsaved].map(save));
}

export function forgetDrafts(): void {
    for (const timer of resting.values()) clearTimeout(timer);
    resting.clear();
    unsaved.clear();
    useDrafts.setState({ ready: false, drafts: new Map() });
}
