/**
 * What the rest of the client knows of Matrix: plain, immutable data and the views that carry it.
 *
 * Nothing here is the SDK's. A view is a class with an immutable snapshot (see {@link View}): the
 * same snapshot object is given until something in it changed, and parts that did not change keep
 * their identity, so that `React.memo` and `===` suffice. No text for people is made here: what the
 * system has to say is data ({@link SystemChange}, {@link LockReason}, {@link Trouble}), which the
 * features put into words.
 */

/** What one subscribes to. `useView(view)` in `src/ui` is the hook. */
export interface View<S> {
    /** Calls the listener after each change of the snapshot; answers with the way to stop that. */
    subscribe(listener: () => void): () => void;
    /** The state now. The same object until the next change. */
    snapshot(): S;
}

/** One of nine quiet tones of an avatar; from the id, so that it is the same everywhere. */
export type Tone = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Person {
    /** The full address, `@ruth:westhaven.example`. */
    readonly id: string;
    /** The name to show; made unambiguous in a chat that holds two people of one name. */
    readonly name: string;
    readonly avatarMxc?: string | undefined;
    readonly tone: Tone;
}

/** The class of a conversation, told by word, icon and colour. */
export type ChatKind = 'chat' | 'work' | 'key' | 'protected' | 'citizen';

/**
 * How far one's own message came. `queued` waits for the line and goes out by itself; `failed` needs
 * the reader: send again, or throw away.
 */
export type SendState = 'sending' | 'sent' | 'failed' | 'queued';

/** The last thing said, for a row of the list. */
export interface LastMessage {
    readonly sender: Person;
    readonly own: boolean;
    readonly kind: MessageKind;
    /** Plain text of one line; empty for kinds that are told by `kind` alone. */
    readonly text: string;
    readonly system?: SystemChange | undefined;
    readonly time: number;
    /** For own messages: how far it came, and `read` once all others read it. */
    readonly state: SendState | 'read';
}

export interface ChatSummary {
    readonly id: string;
    /** The name of the group, or of the other person. Empty when it has neither: say who is in it. */
    readonly name: string;
    readonly avatarMxc?: string | undefined;
    readonly tone: Tone;
    readonly isDirect: boolean;
    /** The other person of a direct chat. */
    readonly other?: Person | undefined;
    readonly kind: ChatKind;
    readonly encrypted: boolean;
    readonly unread: number;
    readonly mentions: number;
    readonly markedUnread: boolean;
    readonly muted: boolean;
    /** When the sound comes back, in ms since 1970; absent: until it is switched on again. */
    readonly mutedUntil?: number | undefined;
    readonly pinned: boolean;
    readonly archived: boolean;
    readonly last?: LastMessage | undefined;
    /** Who is typing now, without oneself. */
    readonly typing: readonly Person[];
    readonly membership: 'join' | 'invite';
    /** Who invited, for an invitation. */
    readonly invitedBy?: Person | undefined;
    /** What the list is sorted by: when something was said last. */
    readonly time: number;
    /** How many people have joined. */
    readonly memberCount: number;
}

export type ChatFilter = 'all' | 'unread' | 'groups' | 'direct' | 'archived' | 'invitations';

export interface ChatListSnapshot {
    /** False until the first answer of the server, or of the store, is in. */
    readonly ready: boolean;
    /** Every chat, newest first; pinned ones too, in the same order. */
    readonly all: readonly ChatSummary[];
    /** Sum of unread messages of chats that are neither muted nor archived. */
    readonly unread: number;
}

/** The list of chats. Changes of a burst come as one snapshot per frame. */
export interface ChatList extends View<ChatListSnapshot> {
    /** Part of the list, in its order; `words` searches the names. */
    filtered(filter: ChatFilter, words?: string): readonly ChatSummary[];
    get(chatId: string): ChatSummary | undefined;
    setPinned(chatId: string, pinned: boolean): Promise<void>;
    setArchived(chatId: string, archived: boolean): Promise<void>;
    /** `until` in ms since 1970; without it until switched on again. */
    mute(chatId: string, until?: number): Promise<void>;
    unmute(chatId: string): Promise<void>;
    setMarkedUnread(chatId: string, unread: boolean): Promise<void>;
    markAllRead(chatId: string): Promise<void>;
    accept(chatId: string): Promise<void>;
    decline(chatId: string): Promise<void>;
    leave(chatId: string): Promise<void>;
}

export type MessageKind =
    | 'text'
    | 'notice'
    | 'emote'
    | 'image'
    | 'file'
    | 'video'
    | 'audio'
    | 'voice'
    | 'location'
    | 'sticker'
    | 'system'
    | 'deleted'
    | 'locked'
    | 'unknown';

/** What happened in a chat that nobody typed; `who` did it, `whom` it was done to. */
export type SystemChange =
    | { readonly what: 'created'; readonly who: Person }
    | { readonly what: 'joined'; readonly who: Person }
    | { readonly what: 'left'; readonly who: Person }
    | { readonly what: 'invited'; readonly who: Person; readonly whom: Person }
    | { readonly what: 'declined'; readonly who: Person }
    | { readonly what: 'withdrawn'; readonly who: Person; readonly whom: Person }
    | { readonly what: 'removed'; readonly who: Person; readonly whom: Person }
    | { readonly what: 'banned'; readonly who: Person; readonly whom: Person }
    | { readonly what: 'unbanned'; readonly who: Person; readonly whom: Person }
    | { readonly what: 'asked'; readonly who: Person }
    | {
          readonly what: 'renamed-self';
          readonly who: Person;
          readonly from: string;
          readonly to: string;
      }
    | { readonly what: 'avatar-self'; readonly who: Person }
    | { readonly what: 'named'; readonly who: Person; readonly name: string }
    | { readonly what: 'described'; readonly who: Person; readonly text: string }
    | { readonly what: 'pictured'; readonly who: Person }
    | { readonly what: 'encrypted'; readonly who: Person }
    | { readonly what: 'pinned'; readonly who: Person }
    | {
          readonly what: 'access';
          readonly who: Person;
          readonly to: 'invited' | 'asking' | 'anyone';
      }
    | { readonly what: 'powers'; readonly who: Person }
    | { readonly what: 'replaced'; readonly who: Person; readonly by: string };

/** Why a message cannot be read here, and whether that may heal. */
export type LockReason =
    | 'waiting' // Its key has not come yet; asked for, and it heals by itself.
    | 'unconfirmed' // This device is not confirmed: confirm it, or give the recovery code.
    | 'before' // It was sent before one was a member; it stays closed.
    | 'withheld' // The sender's device refuses the key.
    | 'sender-unconfirmed' // Its sender has not confirmed the device it came from; heals then.
    | 'sender-changed' // The sender's identity changed; it is not shown until that is settled.
    | 'broken'; // It cannot be opened by anybody.

export interface Reaction {
    readonly emoji: string;
    readonly count: number;
    readonly mine: boolean;
    /** Who, in order of time; at most 50. */
    readonly people: readonly Person[];
}

/** What a reply answers. While the quoted message is fetched it has no text. */
export interface Quote {
    readonly id: string;
    readonly state: 'loading' | 'shown' | 'gone';
    readonly sender?: Person | undefined;
    readonly kind?: MessageKind | undefined;
    readonly text?: string | undefined;
}

/** Where an encrypted or plain file lies, and what is needed to open it. Opaque to features. */
export interface MediaRef {
    readonly mxc: string;
    /** The spec's EncryptedFile, when the file is encrypted. */
    readonly file?: unknown;
    readonly mime: string;
    readonly size?: number | undefined;
}

export interface Media extends MediaRef {
    readonly name: string;
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly durationMs?: number | undefined;
    /** Heights of a voice note, each 0 to 1; at most 120. */
    readonly waveform?: readonly number[] | undefined;
    readonly thumbnail?: MediaRef | undefined;
    /** A text in place of the picture, when the sender gave one. */
    readonly alt?: string | undefined;
}

export interface Message {
    /** Stable from the local echo on: what lists are keyed by. */
    readonly key: string;
    /** The event's id; of a message under way a temporary one that begins with `~`. */
    readonly id: string;
    readonly txnId?: string | undefined;
    readonly sender: Person;
    readonly own: boolean;
    readonly time: number;
    readonly status: SendState;
    /** Why it failed, with `status: 'failed'`. */
    readonly trouble?: Trouble | undefined;
    readonly kind: MessageKind;
    /** Plain text as it is now (edited), without the quoted part; a caption for media. */
    readonly text: string;
    /** Formatted text as it came: hostile until a sanitiser saw it. Absent when there is none. */
    readonly html?: string | undefined;
    /** Whether it mentions the reader, or everyone. */
    readonly mentionsMe: boolean;
    /** Ids of the people it mentions. */
    readonly mentions: readonly string[];
    readonly replyTo?: Quote | undefined;
    /** When it was edited last. */
    readonly edited?: { readonly time: number } | undefined;
    readonly reactions: readonly Reaction[];
    /** Who has read it, of own messages only; without oneself, at most 100. */
    readonly readBy: readonly Person[];
    /** Whether all others have read it; of own messages only. */
    readonly readByAll: boolean;
    readonly media?: Media | undefined;
    /** How much of a file under way is there. */
    readonly upload?: { readonly loaded: number; readonly total: number } | undefined;
    readonly threadRoot?: string | undefined;
    readonly system?: SystemChange | undefined;
    readonly locked?: LockReason | undefined;
    /** Whether it came unencrypted in an encrypted chat, or from a device that nobody confirmed. */
    readonly warning?: 'clear' | 'unconfirmed-device' | 'unknown-device' | undefined;
    readonly pinned: boolean;
    readonly forwarded: boolean;
    /** The type of an event that this client does not know. */
    readonly unknownType?: string | undefined;
    readonly can: {
        readonly edit: boolean;
        readonly delete: boolean;
        readonly react: boolean;
        readonly reply: boolean;
        readonly pin: boolean;
    };
}

/** One end of what is loaded: more is there, it is fetched, it failed, or that is all. */
export type Edge = 'more' | 'loading' | 'failed' | 'end';

export interface ChatSnapshot {
    /** Undefined once one has left. */
    readonly chat: ChatSummary | undefined;
    /** Oldest first. In a chat that is being opened this is what the store has. */
    readonly messages: readonly Message[];
    readonly start: Edge;
    /** `end`: the newest message is there, and new ones are appended. */
    readonly end: Edge;
    /** The key of the first message that was unread when the chat was opened. */
    readonly firstUnread?: string | undefined;
    /** How many were unread when the chat was opened. */
    readonly unreadAtOpen: number;
    /** Where {@link ChatView.jumpTo} led: the key of the message to bring into view. */
    readonly focus?: { readonly key: string; readonly at: number } | undefined;
    readonly typing: readonly Person[];
    /** Ids of pinned messages, newest last. */
    readonly pinned: readonly string[];
    readonly topic: string;
    /** Whether one may write here; and why not. */
    readonly writable: 'yes' | 'left' | 'no-right' | 'replaced';
    readonly can: {
        readonly invite: boolean;
        readonly rename: boolean;
        readonly remove: boolean;
        readonly pin: boolean;
        readonly mentionAll: boolean;
    };
}

export interface Outgoing {
    /** Plain text as typed. */
    readonly text: string;
    /** Made by the composer from `*bold*` and the like; absent when the text says it all. */
    readonly html?: string | undefined;
    readonly replyTo?: string | undefined;
    readonly threadRoot?: string | undefined;
    readonly mentions?: readonly string[] | undefined;
    readonly mentionAll?: boolean | undefined;
    readonly kind?: 'text' | 'emote' | undefined;
}

export interface OutgoingFile {
    readonly file: Blob;
    readonly name: string;
    readonly caption?: string | undefined;
    readonly kind: 'image' | 'file' | 'video' | 'audio' | 'voice';
    readonly width?: number | undefined;
    readonly height?: number | undefined;
    readonly durationMs?: number | undefined;
    readonly waveform?: readonly number[] | undefined;
    /** A small picture in its place until it is opened. */
    readonly thumbnail?:
        | { readonly blob: Blob; readonly width: number; readonly height: number }
        | undefined;
    readonly alt?: string | undefined;
    readonly replyTo?: string | undefined;
}

/** One earlier wording of a message. */
export interface Wording {
    readonly time: number;
    readonly text: string;
    readonly html?: string | undefined;
}

export type JumpTarget =
    | { readonly to: 'message'; readonly id: string }
    | { readonly to: 'date'; readonly time: number }
    | { readonly to: 'unread' }
    | { readonly to: 'latest' };

/** One open chat. `home.chat(id)` gives the same view to everybody until the last one closed it. */
export interface ChatView extends View<ChatSnapshot> {
    readonly id: string;
    /** Fetches older or newer messages; a second call while one runs is the same call. */
    paginate(where: 'back' | 'forward'): Promise<void>;
    /** Brings a place into the snapshot and sets `focus`; false when it is not there any more. */
    jumpTo(target: JumpTarget): Promise<boolean>;
    /** Shows the message at once and sends it when the line allows; never throws for the line. */
    send(message: Outgoing): void;
    sendFile(file: OutgoingFile): void;
    /** Sends a failed or waiting message again, with the same transaction. */
    resend(key: string): void;
    /** Throws away a message that is not sent, or stops a file under way. */
    discard(key: string): void;
    edit(id: string, message: Outgoing): void;
    /** Sets one's reaction, or takes it back. */
    react(id: string, emoji: string): Promise<void>;
    /** Members' devices are told to remove it. */
    delete(id: string): Promise<void>;
    pin(id: string, pinned: boolean): Promise<void>;
    forward(id: string, to: readonly string[]): Promise<void>;
    /** Says that all up to this message is read. Call it freely: it sends only what is new. */
    markRead(key: string): void;
    /** Call it on each keystroke and when the text is gone; it sends only what is new. */
    setTyping(typing: boolean): void;
    /** Asks again for the key of a locked message. */
    askForKey(id: string): Promise<void>;
    /** One message of this chat, wherever it stands; undefined when it is not there any more. */
    message(id: string): Promise<Message | undefined>;
    /** The wordings of a message, oldest first. */
    wordings(id: string): Promise<readonly Wording[]>;
    /** Who has read a message and when, newest first. */
    readers(id: string): readonly { readonly person: Person; readonly time: number }[];
    /** Loads and gives the members, by name; for mentions and panels. */
    members(): Promise<readonly Member[]>;
    invite(personId: string): Promise<void>;
    remove(personId: string, reason?: string): Promise<void>;
    setName(name: string): Promise<void>;
    setTopic(text: string): Promise<void>;
    setPicture(picture: Blob | null): Promise<void>;
    /** What "Who can read this?" is computed from. */
    readership(): Promise<Readership>;
    /** Lets the view go; the last one who does ends its listening. */
    close(): void;
}

export interface Member extends Person {
    readonly membership: 'join' | 'invite' | 'ask';
    /** What the person may do, in three words. */
    readonly role: 'owner' | 'moderator' | 'member';
    /** Whether the person is of another server. */
    readonly outside: boolean;
}

export interface Readership {
    readonly encrypted: boolean;
    /** Who reads along from when: the spec's history visibility. */
    readonly history: 'anyone' | 'shared' | 'invited' | 'joined';
    readonly members: readonly (Member & {
        readonly devices: number;
        readonly unconfirmedDevices: number;
    })[];
}

/** Pictures and files as URLs that an `img` bears. */
export interface MediaSource {
    /**
     * A URL for a plain picture, which the service worker gives its token; sized by the server.
     * Undefined when the address is not one.
     */
    thumbnailUrl(mxc: string | undefined, width: number, height: number): string | undefined;
    /**
     * Fetches and, if need be, opens a file. The URL lives until every holder called `release`.
     * Rejects with a {@link Trouble}.
     */
    open(ref: MediaRef, onProgress?: (loaded: number) => void): Promise<OpenMedia>;
}

export interface OpenMedia {
    /** `blob:`; its type is one that cannot run script, whatever the sender claimed. */
    readonly url: string;
    readonly blob: Blob;
    release(): void;
}

/** Why something did not work, in kinds that have a sentence each. */
export type Trouble =
    | { readonly kind: 'offline' }
    | { readonly kind: 'server-away' }
    | { readonly kind: 'limited'; readonly retryAfterMs: number }
    | { readonly kind: 'refused'; readonly message: string }
    | { readonly kind: 'too-large'; readonly limit?: number | undefined }
    | { readonly kind: 'gone' }
    | { readonly kind: 'unsafe' } // The content does not match its hash, or its type may run.
    | { readonly kind: 'wrong-password' }
    | { readonly kind: 'locked' }
    | { readonly kind: 'deactivated' }
    | { readonly kind: 'expired-link' }
    | { readonly kind: 'name-taken' }
    | { readonly kind: 'name-invalid' }
    | { readonly kind: 'weak-password' }
    | { readonly kind: 'unknown'; readonly code: string };

/** What is known of the line to the server. */
export interface Connection {
    readonly state: 'connecting' | 'online' | 'offline' | 'server-away';
    /** Since when, in ms since 1970. */
    readonly since: number;
    /** When the next try is made by itself. */
    readonly nextTryAt?: number | undefined;
    /** How many messages wait to be sent, in all chats. */
    readonly waiting: number;
}
