import type { Fed, FeedPage } from '../../../matrix/index.ts';
import type { Reached } from './protocol.ts';

const BETWEEN_MS = 150;
const AFTER_FAULT_MS = 15_000;
const PAGES_PER_CHAT = 400;

/** Where the past comes from. */
interface Source {
    chats(): readonly string[];
    before(chatId: string, from?: string): Promise<FeedPage>;
}

/** Where it goes. */
interface Target {
    take(fed: readonly Fed[]): Promise<void>;
    reached(chatId: string, reached: Reached): Promise<unknown>;
    progress(part: { state?: 'reading' | 'paused' | 'done'; done?: number; chats?: number }): void;
}

type Wait = (ms: number) => Promise<void>;

const wait: Wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Reads the past of all chats into the index, one page at a time and never in a hurry. What was
 * reached is kept, so a reload goes on where the last one stopped.
 */
export class Past {
    readonly #source: Source;
    readonly #target: Target;
    readonly #wait: Wait;
    #reached: Record<string, Reached> = {};
    #running = false;
    #stopped = false;

    constructor(source: Source, target: Target, waiting: Wait = wait) {
        this.#source = source;
        this.#target = target;
        this.#wait = waiting;
    }

    async run(reached: Readonly<Record<string, Reached>>): Promise<void> {
        this.#reached = { ...reached };
        await this.#go();
    }

    readLockedAgain(): void {
        for (const [chatId, reached] of Object.entries(this.#reached)) {
            if (reached.locked > 0) {
                this.#reached[chatId] = { done: false, locked: 0 };
            }
        }
        void this.#go();
    }

    stop(): void {
        this.#stopped = true;
    }

    async #go(): Promise<void> {
        if (this.#running) {
            return; // The round under way sees it.
        }
        this.#running = true;
        try {
            for (let chat = this.#next(); chat && !this.#stopped; chat = this.#next()) {
                await this.#page(chat);
            }
        } finally {
            this.#running = false;
        }
    }

    /** The most recent chat that is not through; tells how far all of them are. */
    #next(): string | undefined {
        const chats = this.#source.chats();
        const left = chats.filter((chatId) => !this.#reached[chatId]?.done);
        this.#target.progress({
            state: left.length > 0 ? 'reading' : 'done',
            done: chats.length - left.length,
            chats: chats.length,
        });
        return left[0];
    }

    async #page(chatId: string): Promise<void> {
        const before = this.#reached[chatId];
        try {
            const page = await this.#source.before(chatId, before?.next);
            if (this.#stopped) {
                return;
            }
            await this.#target.take(page.fed);
            const pages = this.#count(chatId);
            const after = {
                next: page.next,
                done: page.next === undefined || pages >= PAGES_PER_CHAT,
                locked: (before?.locked ?? 0) + page.locked,
            };
            this.#reached[chatId] = after;
            await this.#target.reached(chatId, after);
            await this.#wait(BETWEEN_MS);
        } catch {
            this.#target.progress({ state: 'paused' });
            await this.#wait(AFTER_FAULT_MS); // The line is away, or the server busy.
        }
    }

    readonly #pages = new Map<string, number>();

    #count(chatId: string): number {
        const pages = (this.#pages.get(chatId) ?? 0) + 1;
        this.#pages.set(chatId, pages);
        return pages;
    }
}
