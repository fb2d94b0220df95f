import type { Fed } from '../../../matrix/index.ts';
import { MessageIndex } from './messageIndex.ts';
import type { Answers, Ask, Reached } from './protocol.ts';

const MESSAGES_MAX = 60_000;
const PAGE_OPS = 400;
const PAGES_MAX = 300;

/** A page of the log: what was taken, and how far the past was reached with it. */
interface Page {
    readonly fed: readonly Fed[];
    readonly reached: Readonly<Record<string, Reached>>;
}

export interface Log {
    append(page: unknown): Promise<void>;
    replace(pages: readonly unknown[]): Promise<void>;
}

export interface OpenLog {
    readonly log: Log;
    readonly pages: readonly unknown[];
    readonly written: number;
}

/** The worker's inside: the index, and its log on disk. */
export class Keeper {
    readonly #openLog: (database: string, key: CryptoKey) => Promise<OpenLog>;
    readonly #index = new MessageIndex(MESSAGES_MAX);
    readonly #reached: Record<string, Reached> = {};
    #log: Log | undefined;
    #fresh: Fed[] = [];
    #freshReached: Record<string, Reached> = {};
    #written = 0;

    constructor(openLog: (database: string, key: CryptoKey) => Promise<OpenLog>) {
        this.#openLog = openLog;
    }

    async answer(ask: Ask): Promise<Answers[Ask['ask']]> {
        switch (ask.ask) {
            case 'open':
                return this.#open(ask.database, ask.key);
            case 'take':
                return this.#take(ask.fed);
            case 'find':
                return this.#index.find(ask.query);
            case 'shelf':
                return this.#index.shelf(ask.chatId, ask.what, ask.limit);
            case 'reached':
                this.#reached[ask.chatId] = ask.reached;
                this.#freshReached[ask.chatId] = ask.reached;
                return undefined;
            case 'flush':
                return this.#flush();
        }
    }

    async #open(database: string, key: CryptoKey): Promise<Answers['open']> {
        const { log, pages, written } = await this.#openLog(database, key);
        this.#log = log;
        this.#written = written;
        for (const page of pages as readonly Page[]) {
            for (const fed of page.fed) {
                this.#index.take(fed);
            }
            Object.assign(this.#reached, page.reached);
        }
        return { reached: { ...this.#reached }, size: this.#index.size };
    }

    #take(fed: readonly Fed[]): number {
        this.#fresh.push(...fed.filter((one) => this.#index.take(one)));
        return this.#index.size;
    }

    /** What is new, with how far it reaches, in one page: a broken-off write repeats a page. */
    async #flush(): Promise<undefined> {
        const [fed, reached] = [this.#fresh, this.#freshReached];
        if (!this.#log || (fed.length === 0 && Object.keys(reached).length === 0)) {
            return undefined;
        }
        this.#fresh = [];
        this.#freshReached = {};
        this.#written++;
        if (this.#written > PAGES_MAX) {
            await this.#compact();
        } else {
            await this.#log.append({ fed, reached });
        }
        return undefined;
    }

    async #compact(): Promise<void> {
        const all = this.#index.all();
        const pages: Page[] = [{ fed: [], reached: this.#reached }];
        for (let at = 0; at < all.length; at += PAGE_OPS) {
            pages.push({ fed: all.slice(at, at + PAGE_OPS), reached: {} });
        }
        await this.#log?.replace(pages);
        this.#written = pages.length;
    }
}
