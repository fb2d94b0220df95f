import type { MediaRef, MessageKind, Person } from './types.ts';

/** A message as the local search keeps it: what it says, and where it stands. */
export interface FedMessage {
    readonly chatId: string;
    readonly id: string;
    readonly time: number;
    readonly senderId: string;
    readonly senderName: string;
    readonly kind: MessageKind;
    readonly text: string;
    readonly media?: (MediaRef & { readonly name: string }) | undefined;
    readonly thumbnail?: MediaRef | undefined;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly durationMs?: number | undefined;
    readonly waveform?: readonly number[] | undefined;
}

/** What comes out of the feed: something to keep, other words for it, or that it is gone. */
export type Fed =
    | { readonly put: FedMessage }
    | {
          readonly edit: {
              readonly chatId: string;
              readonly id: string;
              /** Only who wrote a message may give it other words. */
              readonly senderId: string;
              readonly time: number;
              readonly text: string;
          };
      }
    | { readonly drop: { readonly chatId: string; readonly id: string } };

/** A page of the past, going back. */
export interface FeedPage {
    readonly fed: readonly Fed[];
    /** How many messages of the page could not be read here. */
    readonly locked: number;
    /** Where the page before it begins; undefined at the start of the chat. */
    readonly next?: string | undefined;
}

/** Every message that this device can read, as it comes and, by asking, from before. */
export interface Feed {
    /** Calls for each message that arrives, changes, is unlocked or deleted. */
    listen(listener: (fed: readonly Fed[]) => void): () => void;
    /** Messages of a chat that the device holds now. */
    held(chatId: string): readonly Fed[];
    /** Chats of which one is a member, the most recent first. */
    chats(): readonly string[];
    /** A page before `from`, unlocked as far as keys are here; without it the newest. */
    before(chatId: string, from?: string): Promise<FeedPage>;
    /** A key under which the index is sealed; nobody can take it out. */
    indexKey(): Promise<CryptoKey>;
    /** Who the messages belong to: one index per device. */
    readonly owner: string;
    person(chatId: string, id: string): Person;
    /** Calls when the session ends. */
    onStop(act: () => void): void;
    /** The database of this name is deleted when one signs out. */
    note(database: string): Promise<void>;
}
