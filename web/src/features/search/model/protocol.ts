import type { Fed, FedMessage } from '../../../matrix/index.ts';
import type { Found, Query, Shelf } from './messageIndex.ts';

/** How far the past of a chat is in the index. */
export interface Reached {
    /** Where the next page begins; undefined with `done`, or before the first. */
    readonly next?: string | undefined;
    readonly done: boolean;
    readonly locked: number;
}

/** What the page asks of the worker; each ask has an answer of the same number. */
export type Ask =
    | { readonly ask: 'open'; readonly database: string; readonly key: CryptoKey }
    | { readonly ask: 'take'; readonly fed: readonly Fed[] }
    | { readonly ask: 'find'; readonly query: Query }
    | {
          readonly ask: 'shelf';
          readonly chatId: string;
          readonly what: Shelf;
          readonly limit: number;
      }
    | { readonly ask: 'reached'; readonly chatId: string; readonly reached: Reached }
    | { readonly ask: 'flush' };

export interface Answers {
    open: { readonly reached: Readonly<Record<string, Reached>>; readonly size: number };
    take: number;
    find: Found;
    shelf: readonly FedMessage[];
    reached: undefined;
    flush: undefined;
}

export interface Question {
    readonly number: number;
    readonly ask: Ask;
}

export type Answer =
    | { readonly number: number; readonly answer: unknown }
    | { readonly number: number; readonly fault: string };
