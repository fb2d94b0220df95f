import type { Fed, FedMessage } from '../../../matrix/index.ts';
import { folded, holdsAll, wordsOf } from './words.ts';

const TEXT_MAX = 4_000;
const EDITS_MAX = 2_000;

/** What is looked for in the gallery of a chat. */
export type Shelf = 'media' | 'links' | 'files';

export interface Query {
    readonly words: string;
    readonly chatId?: string | undefined;
    readonly limit: number;
}

export interface Found {
    readonly messages: readonly FedMessage[];
    /** How many fit in all. */
    readonly total: number;
}

interface Kept {
    readonly message: FedMessage;
    /** What is searched: words, the file's name and the sender's, folded. */
    readonly text: string;
    /** When it was given other words last. */
    readonly edited: number;
}

const LINK = /\bhttps?:\/\/[^\s<>"']{3,}/i;

/**
 * All that can be searched, held in memory: a walk over 60,000 messages takes some tens of
 * milliseconds, so no further structure is needed. When it is full the oldest go.
 */
export class MessageIndex {
    readonly #max: number;
    readonly #kept = new Map<string, Kept>();
    readonly #edits = new Map<string, Extract<Fed, { edit: unknown }>['edit']>();
    #newestFirst: readonly Kept[] | undefined;

    constructor(max: number) {
        this.#max = max;
    }

    get size(): number {
        return this.#kept.size;
    }

    /** Whether anything changed, so that it need not be written again. */
    take(fed: Fed): boolean {
        const changed =
            'put' in fed
                ? this.#put(fed.put)
                : 'edit' in fed
                  ? this.#edit(fed.edit)
                  : this.#kept.delete(keyOf(fed.drop));
        if (changed) {
            this.#newestFirst = undefined;
        }
        return changed;
    }

    find({ words, chatId, limit }: Query): Found {
        const wanted = wordsOf(words);
        if (wanted.length === 0) {
            return { messages: [], total: 0 };
        }
        const messages: FedMessage[] = [];
        let total = 0;
        for (const { message, text } of this.#sorted()) {
            if ((chatId === undefined || message.chatId === chatId) && holdsAll(text, wanted)) {
                total++;
                if (messages.length < limit) messages.push(message);
            }
        }
        return { messages, total };
    }

    shelf(chatId: string, what: Shelf, limit: number): readonly FedMessage[] {
        const fits = (message: FedMessage) => {
            if (what === 'media') return message.kind === 'image' || message.kind === 'video';
            if (what === 'links') return LINK.test(message.text);
            return ['file', 'audio', 'voice'].includes(message.kind);
        };
        return this.#sorted()
            .map(({ message }) => message)
            .filter((message) => message.chatId === chatId && fits(message))
            .slice(0, limit);
    }

    /** Everything, oldest first, as it is written down anew. */
    all(): readonly Fed[] {
        const waiting: readonly Fed[] = [...this.#edits.values()].map((edit) => ({ edit }));
        const kept = [...this.#sorted()].reverse().flatMap(({ message, edited }): Fed[] => {
            const { chatId, id, senderId, text } = message;
            const put = { put: message };
            return edited > 0
                ? [put, { edit: { chatId, id, senderId, time: edited, text } }]
                : [put];
        });
        return [...waiting, ...kept];
    }

    #put(message: FedMessage): boolean {
        const key = keyOf(message);
        const before = this.#kept.get(key);
        if (before && (before.edited > 0 || before.message.text === clipped(message.text))) {
            return false; // Known already; an edited one keeps its last words.
        }
        const edit = this.#edits.get(key);
        const counts = edit?.senderId === message.senderId;
        this.#keep(key, counts ? { ...message, text: edit.text } : message, counts ? edit.time : 0);
        this.#edits.delete(key);
        return true;
    }

    #edit(edit: Extract<Fed, { edit: unknown }>['edit']): boolean {
        const key = keyOf(edit);
        const before = this.#kept.get(key);
        if (before) {
            if (before.message.senderId !== edit.senderId || before.edited >= edit.time) {
                return false;
            }
            this.#keep(key, { ...before.message, text: edit.text }, edit.time);
            return true;
        }
        const waiting = this.#edits.get(key);
        if (waiting && waiting.time >= edit.time) {
            return false;
        }
        this.#edits.delete(key);
        this.#edits.set(key, { ...edit, text: clipped(edit.text) });
        if (this.#edits.size > EDITS_MAX) {
            this.#edits.delete(this.#edits.keys().next().value ?? '');
        }
        return true;
    }

    #keep(key: string, whole: FedMessage, edited: number): void {
        const message = { ...whole, text: clipped(whole.text) };
        const searched = `${message.text} ${message.media?.name ?? ''} ${message.senderName}`;
        this.#kept.set(key, { message, text: folded(searched), edited });
        if (this.#kept.size > this.#max) {
            this.#dropOldest();
        }
    }

    /** A tenth at once, so that a full index does not sort for every message. */
    #dropOldest(): void {
        this.#newestFirst = undefined;
        for (const { message } of this.#sorted().slice(Math.floor(this.#max * 0.9))) {
            this.#kept.delete(keyOf(message));
        }
        this.#newestFirst = undefined;
    }

    #sorted(): readonly Kept[] {
        this.#newestFirst ??= [...this.#kept.values()].sort(
            (a, b) => b.message.time - a.message.time,
        );
        return this.#newestFirst;
    }
}

function clipped(text: string): string {
    return text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
}

function keyOf({ chatId, id }: { readonly chatId: string; readonly id: string }): string {
    return `${chatId}|${id}`;
}

/** The first link of a text. */
export function linkIn(text: string): string | undefined {
    return LINK.exec(text)?.[0].replace(/[.,;:!?)\]]+$/, '');
}
