import type { Fed, FedMessage, Feed, View } from '../../../matrix/index.ts';
import { ourScript } from '../../../ui/workers.ts';
import workerUrl from '../worker.ts?worker&url';
import type { Found, Query, Shelf } from './messageIndex.ts';
import { Past } from './past.ts';
import type { Answer, Answers, Ask } from './protocol.ts';

const FLUSH_MS = 3_000;

/** How much of the past can be searched. */
export interface SearchState {
    readonly state: 'opening' | 'reading' | 'paused' | 'done' | 'failed';
    /** Chats whose whole past is in the index, of so many. */
    readonly done: number;
    readonly chats: number;
    /** Messages in the index. */
    readonly size: number;
}

type AskOf<K extends Ask['ask']> = Extract<Ask, { ask: K }>;

/** The local search of one session; made once, when the chats are shown. */
export class Searcher implements View<SearchState> {
    readonly #feed: Feed;
    readonly #worker: Worker;
    readonly #waiting = new Map<number, (answer: Answer) => void>();
    readonly #listeners = new Set<() => void>();
    readonly #unlisten: () => void;
    readonly #past: Past;
    #number = 0;
    #state: SearchState = { state: 'opening', done: 0, chats: 0, size: 0 };
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(feed: Feed) {
        this.#feed = feed;
        this.#worker = new Worker(ourScript(workerUrl), { type: 'module', name: 'search' });
        this.#worker.addEventListener('message', this.#answered);
        this.#worker.addEventListener('error', () => this.#become({ state: 'failed' }));
        this.#past = new Past(feed, {
            take: (fed) => this.#take(fed),
            reached: (chatId, reached) => this.#ask({ ask: 'reached', chatId, reached }),
            progress: (part) => this.#become(part),
        });
        this.#unlisten = feed.listen((fed) => void this.#take(fed).catch(() => undefined));
        void this.#open();
    }

    readonly subscribe = (listener: () => void): (() => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
    };

    readonly snapshot = (): SearchState => this.#state;

    find(query: Query): Promise<Found> {
        return this.#ask({ ask: 'find', query });
    }

    shelf(chatId: string, what: Shelf, limit: number): Promise<readonly FedMessage[]> {
        return this.#ask({ ask: 'shelf', chatId, what, limit });
    }

    /** Chats of which something could not be read are read again: their keys may be here now. */
    keysCame(): void {
        this.#past.readLockedAgain();
    }

    stop(): void {
        this.#unlisten();
        this.#past.stop();
        clearTimeout(this.#timer);
        void this.#ask({ ask: 'flush' })
            .catch(() => undefined)
            .finally(() => this.#worker.terminate());
    }

    async #open(): Promise<void> {
        try {
            const database = `chancery-search-${this.#feed.owner}`;
            await this.#feed.note(database);
            const key = await this.#feed.indexKey();
            const { reached, size } = await this.#ask({ ask: 'open', database, key });
            this.#become({ size });
            for (const chatId of this.#feed.chats()) {
                await this.#take(this.#feed.held(chatId));
            }
            await this.#past.run(reached);
        } catch {
            this.#become({ state: 'failed' });
        }
    }

    async #take(fed: readonly Fed[]): Promise<void> {
        if (fed.length === 0) {
            return;
        }
        this.#become({ size: await this.#ask({ ask: 'take', fed }) });
        this.#timer ??= setTimeout(() => {
            this.#timer = undefined;
            void this.#ask({ ask: 'flush' }).catch(() => undefined);
        }, FLUSH_MS);
    }

    #ask<K extends Ask['ask']>(ask: AskOf<K> & { ask: K }): Promise<Answers[K]> {
        const number = ++this.#number;
        return new Promise((resolve, reject) => {
            this.#waiting.set(number, (answer) => {
                if ('fault' in answer) {
                    reject(new Error(answer.fault));
                } else {
                    resolve(answer.answer as Answers[K]);
                }
            });
            this.#worker.postMessage({ number, ask });
        });
    }

    readonly #answered = ({ data }: MessageEvent<Answer>) => {
        const waiting = this.#waiting.get(data.number);
        this.#waiting.delete(data.number);
        waiting?.(data);
    };

    #become(part: Partial<SearchState>): void {
        const next = { ...this.#state, ...part };
        const keys = Object.keys(next) as (keyof SearchState)[];
        if (keys.some((key) => next[key] !== this.#state[key])) {
            this.#state = next;
            for (const listener of [...this.#listeners]) listener();
        }
    }
}
