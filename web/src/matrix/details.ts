import type { Member, Person, View } from './types.ts';

/** A person in a chat, with what "Who can read this?" has to say of them. */
export interface DetailedMember extends Member {
    /** Whether it is the reader. */
    readonly own: boolean;
    /** When the person joined, or was invited, in ms since 1970, as far as known. */
    readonly since?: number | undefined;
    /** Devices that can read encrypted messages; undefined until they are known. */
    readonly devices?: readonly MemberDevice[] | undefined;
    /** Whether the reader may remove the person, or change their role. */
    readonly can: { readonly remove: boolean; readonly setRole: boolean };
}

export interface MemberDevice {
    readonly id: string;
    readonly name: string;
    /** Whether its owner signed it. One that nobody signed is sent no keys. */
    readonly confirmed: boolean;
}

/** Who may become a member: the invited, those who ask, members of another chat, anyone. */
export type Access = 'invited' | 'asking' | 'members-elsewhere' | 'anyone';

/** From when a member may read: the spec's history visibility. */
export type History = 'anyone' | 'shared' | 'invited' | 'joined';

/** A chat that is kept as a record: sealed, and opened by a quorum of custodians for a case only. */
export interface KeptRecord {
    /** The archive's own member, for whose device everybody's device encrypts. */
    readonly archive: string;
    /** The user of the records service that made the chat, who is no person either. */
    readonly service: string;
    /** Openings that the members were told of, the latest first. */
    readonly openings: readonly Opening[];
}

export interface Opening {
    readonly id: string;
    readonly article: string;
    /** Which time it is about, in ms since 1970. */
    readonly from: number;
    readonly until: number;
}

export interface DetailsSnapshot {
    /** False until the members are loaded; devices follow. */
    readonly ready: boolean;
    readonly devicesReady: boolean;
    readonly name: string;
    readonly description: string;
    readonly avatarMxc?: string | undefined;
    readonly encrypted: boolean;
    readonly access: Access;
    readonly history: History;
    /** How it is kept, if it is; the archive is then no person among the members. */
    readonly record?: KeptRecord | undefined;
    /** Servers of members, without one's own. */
    readonly servers: readonly string[];
    /** Members by name, the reader first. */
    readonly members: readonly DetailedMember[];
    readonly invited: readonly DetailedMember[];
    /** People who ask to be let in. */
    readonly asking: readonly DetailedMember[];
    /** More members than are listed here; their devices are not looked at. */
    readonly more: number;
    readonly can: {
        readonly rename: boolean;
        readonly describe: boolean;
        readonly picture: boolean;
        readonly invite: boolean;
        readonly access: boolean;
        readonly history: boolean;
    };
}

/** All of a chat but its messages. Close it when it is no longer shown. */
export interface ChatDetails extends View<DetailsSnapshot> {
    setRole(personId: string, role: 'owner' | 'member'): Promise<void>;
    setAccess(access: 'invited' | 'asking'): Promise<void>;
    setHistory(history: 'shared' | 'invited' | 'joined'): Promise<void>;
    /** Lets somebody in who asked. */
    letIn(personId: string): Promise<void>;
    close(): void;
}

/** What an invitation link tells before one joins. */
export interface ChatPreview {
    readonly id: string;
    readonly name: string;
    readonly description: string;
    readonly memberCount?: number | undefined;
    /** What may be done: one is a member, may join, may ask, has asked, or can do nothing. */
    readonly state: 'member' | 'invited' | 'may-join' | 'may-ask' | 'asked' | 'closed';
}

/** Whom one blocked, what one hears of, and what one says of oneself. */
export interface Personal {
    /** A few words about oneself that everybody may read. */
    readonly about: View<string | undefined>;
    setAbout(text: string): Promise<void>;
    readonly blocked: View<readonly Person[]>;
    block(personId: string, blocked: boolean): Promise<void>;
    /** Reports a person or a chat to those who run the server. */
    reportChat(chatId: string, reason: string): Promise<void>;
    reportPerson(personId: string, reason: string): Promise<void>;
    readonly notices: View<Notices>;
    setNotice(kind: NoticeKind, on: boolean): Promise<void>;
    setPaused(paused: boolean): Promise<void>;
    /** Notices of this browser while the client is closed; see {@link WebPush}. */
    readonly webPush: View<WebPush>;
    setWebPush(on: boolean): Promise<void>;
    /** Signs several devices out at once. Throws `wrong-password`. */
    removeDevices(deviceIds: readonly string[], password: string): Promise<void>;
    /** What an invitation link leads to. */
    preview(chatId: string, via: readonly string[]): Promise<ChatPreview>;
    joinByLink(chatId: string, via: readonly string[]): Promise<void>;
    askToJoin(chatId: string, via: readonly string[], reason: string): Promise<void>;
}

/** What one may want to hear of, or not. */
export type NoticeKind = 'direct' | 'group' | 'mention' | 'invitation' | 'reaction';

/** Per kind whether one hears of it; `paused` silences them all. */
export interface Notices extends Readonly<Record<NoticeKind, boolean>> {
    readonly paused: boolean;
}

export interface WebPush {
    /**
     * `unsupported` by this browser, `unavailable` from this server, `blocked` by the reader in the
     * browser's settings.
     */
    readonly state: 'asking' | 'unsupported' | 'unavailable' | 'blocked' | 'off' | 'on';
}
