import type { ChatDetails, Personal } from './details.ts';
import type { Feed } from './feed.ts';
import type {
    ChatList,
    ChatView,
    Connection,
    MediaSource,
    Person,
    Trouble,
    View,
} from './types.ts';

/** Everything of the person who is signed in on this device. Made by the session; see `useHome`. */
export interface Home {
    readonly me: View<Person>;
    readonly deviceId: string;
    readonly chats: ChatList;
    readonly media: MediaSource;
    readonly connection: View<Connection>;
    readonly security: Security;
    readonly accountData: AccountData;
    readonly personal: Personal;
    readonly feed: Feed;
    /** All of a chat but its messages; call `close()` of it when it is no longer shown. */
    details(chatId: string): ChatDetails;
    /** Opens a chat; call `close()` of the view when it is no longer shown. */
    chat(chatId: string): ChatView;
    /** People of the directory that the words fit, without oneself; at most `limit`. */
    findPeople(words: string, limit?: number): Promise<readonly Person[]>;
    /**
     * Starts an encrypted chat and answers with its id: with one person the direct chat that there
     * is already, if there is one; with several, or with a name, a group.
     */
    startChat(people: readonly string[], name?: string, kept?: boolean): Promise<string>;
    setName(name: string): Promise<void>;
    setPicture(picture: Blob | null): Promise<void>;
    devices(): Promise<readonly Device[]>;
    renameDevice(deviceId: string, name: string): Promise<void>;
    /** Signs a device out; the server wants the password. Throws `wrong-password`. */
    removeDevice(deviceId: string, password: string): Promise<void>;
    changePassword(old: string, wanted: string): Promise<void>;
    /** Tries the line now, instead of when the next try is due. */
    retryNow(): void;
}

export interface Device {
    readonly id: string;
    readonly name: string;
    readonly lastSeen?: number | undefined;
    readonly lastAddress?: string | undefined;
    readonly own: boolean;
    readonly confirmed: boolean;
    /** Whether it can read encrypted messages at all. */
    readonly encrypts: boolean;
}

/** Values of one's own that all one's devices share: what is starred, hidden, archived. */
export interface AccountData {
    view<T>(type: string): View<T | undefined>;
    set(type: string, value: object): Promise<void>;
}

/** How well this device can read and be trusted, and the way to mend it. */
export interface Security extends View<SecuritySnapshot> {
    /**
     * The recovery code of the first sign-in, while it is still to be offered; `kept` says that the
     * reader has it. It is shown once and is nowhere else.
     */
    keptCode(): void;
    /** Puts the offer off until the next start. */
    laterCode(): void;
    /** Makes a new code in place of a lost one, and offers it. Only when `ready`. */
    renewCode(): Promise<void>;
    /** Confirms this device by the recovery code; throws `wrong-password` for a wrong code. */
    confirmByCode(code: string): Promise<void>;
    /** Asks one's other devices to confirm this one. */
    askOtherDevices(): Promise<void>;
    /** Begins anew where code and devices are lost: old messages stay closed. */
    beginAnew(password: string): Promise<void>;
    /** The comparison under way answers to these. */
    accept(): Promise<void>;
    theyMatch(): Promise<void>;
    theyDiffer(): void;
    cancel(): void;
}

export interface SecuritySnapshot {
    /**
     * `preparing` until it is known; `ready` reads everything; `unconfirmed` is a new device that
     * another one, or the code, has to confirm.
     */
    readonly state: 'preparing' | 'ready' | 'unconfirmed' | 'failed';
    readonly trouble?: Trouble | undefined;
    /** The recovery code in groups of four, while it is offered. */
    readonly code?: readonly string[] | undefined;
    /** Whether other devices of the person exist that can confirm this one. */
    readonly canAskDevices: boolean;
    readonly comparison?: Comparison | undefined;
    /** Old messages that are being fetched from the backup. */
    readonly restoring?: { readonly done: number; readonly total: number } | undefined;
}

/** A confirmation between two devices of one person. */
export interface Comparison {
    /** Whether this device is the one that asked. */
    readonly asked: boolean;
    readonly step: 'waiting' | 'invited' | 'compare' | 'confirming' | 'done' | 'ended';
    /** The device on the other side, as far as known. */
    readonly device?: { readonly id: string; readonly name: string } | undefined;
    /** Seven pictures that both sides show: the sign and its number in the spec's table, 0 to 63. */
    readonly pictures?: readonly { readonly sign: string; readonly number: number }[] | undefined;
    /** Why it ended. */
    readonly ended?: 'cancelled' | 'differed' | 'timeout' | 'elsewhere' | undefined;
}

/** Where the session stands. */
export type SessionState =
    | { readonly at: 'starting' }
    | {
          readonly at: 'signed-out' /** The server ended the session. */;
          readonly hasEnded?: boolean;
      }
    /** The server wants the password again; all that is kept here stays. */
    | { readonly at: 'asked-again'; readonly userId: string }
    | { readonly at: 'elsewhere' }
    | { readonly at: 'locked' }
    | { readonly at: 'opening'; readonly step: 'programme' | 'keys' | 'messages' }
    | { readonly at: 'open'; readonly home: Home }
    | { readonly at: 'failed'; readonly trouble: Trouble };

/** What the server tells before anybody is signed in. */
export interface ServerFacts {
    readonly brand: string;
    readonly serverName: string;
    readonly openRegistration: boolean;
}

export interface Session extends View<SessionState> {
    start(): Promise<void>;
    facts(): Promise<ServerFacts>;
    signIn(user: string, password: string): Promise<void>;
    /** Goes on after `asked-again`; throws `wrong-password`. */
    signInAgain(password: string): Promise<void>;
    /** Makes an account with a token of an invitation or of the set-up link, and signs in. */
    register(wish: {
        readonly token: string;
        readonly user: string;
        readonly name: string;
        readonly password: string;
    }): Promise<void>;
    /** Whether the token of a link still works. */
    tokenIsGood(token: string): Promise<boolean>;
    /** Sets a new password by an administrator's link; answers with the address it is for. */
    resetPassword(token: string, password: string): Promise<string>;
    /** Takes the session over from another tab. */
    takeOver(): void;
    /** Signs this device out, or all; wipes what is kept here, whether or not the server answers. */
    signOut(everywhere?: boolean): Promise<void>;
    /** Opens what the lock of this device closed; throws `wrong-password` for a wrong number. */
    unlock(pin: string): Promise<void>;
    /** The same with the passkey that was set beside the number; throws `wrong-password`. */
    unlockByPasskey(): Promise<void>;
    /** Whether a passkey opens the lock too; `unknown` where the browser knows none. */
    passkey(): Promise<'none' | 'set' | 'unknown'>;
    /** Makes one while the lock is set and open, or takes it away; throws `gone` when none came. */
    setPasskey(wanted: boolean): Promise<void>;
    /** Closes it now, if it has a lock. */
    lock(): Promise<void>;
    isLockable(): Promise<boolean>;
    /** Sets the lock of this device, or takes it away. */
    setPin(pin: string | undefined): Promise<void>;
}
