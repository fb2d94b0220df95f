import { EventStatus, EventType, type MatrixEvent, RelationType, type Room } from 'matrix-js-sdk';
import { DecryptionFailureCode } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { troubleOf } from '../trouble.ts';
import type {
    LockReason,
    Media,
    Message,
    MessageKind,
    Person,
    Quote,
    Reaction,
    SendState,
} from '../types.ts';
import { caption, formatted, kindOf, mediaOf, mentionsOf, plainText } from './content.ts';
import type { People } from './people.ts';
import { systemChange } from './system.ts';

const REACTION_PEOPLE_MAX = 50;
const REACTIONS_MAX = 30;
const EMOJI_MAX = 24;
const NOBODY: readonly Person[] = [];
const NONE: readonly never[] = [];

/** What a message needs of its chat. */
export interface Surroundings {
    readonly room: Room;
    readonly people: People;
    readonly myId: string;
    readonly pinned: ReadonlySet<string>;
    readonly may: { readonly deleteAny: boolean; readonly pin: boolean; readonly write: boolean };
    /** Whether the outbox will send it again by itself. */
    readonly isQueued: (event: MatrixEvent) => boolean;
    readonly upload: (key: string) => { loaded: number; total: number } | undefined;
    /** An event that is quoted; undefined while it is fetched, null when it is gone. */
    readonly quoted: (id: string) => MatrixEvent | undefined | null;
}

/** Stable from the local echo to the server's event. */
export function keyOf(event: MatrixEvent): string {
    const own = event.getTxnId() ?? event.getUnsigned().transaction_id;
    return own ?? event.getId() ?? '';
}

/** Whether an event is a row of its own: not a reaction, not an edit, not housekeeping. */
export function isShown(event: MatrixEvent, room: Room, people: People): boolean {
    if (event.isRelation(RelationType.Replace) || event.isRelation(RelationType.Annotation)) {
        return false;
    }
    if (event.isState()) {
        return !event.isRedacted() && systemChange(event, room, people) !== undefined;
    }
    switch (event.getType()) {
        case EventType.RoomMessage:
        case EventType.RoomMessageEncrypted:
        case EventType.Sticker:
            return true;
        case EventType.RoomRedaction:
        case EventType.Reaction:
            return false;
        default:
            // Something said of which this client has no idea; calls and keys are not said.
            return !event.getType().startsWith('m.') && typeof event.getContent().body === 'string';
    }
}

export function bareKind(event: MatrixEvent): MessageKind {
    if (event.isRedacted()) {
        return 'deleted';
    }
    if (event.isState()) {
        return 'system';
    }
    if (event.isDecryptionFailure() || (event.isEncrypted() && !event.getClearContent())) {
        return 'locked';
    }
    switch (event.getType()) {
        case EventType.RoomMessage:
            return kindOf(event.getContent());
        case EventType.Sticker:
            return mediaOf(event.getContent()) ? 'sticker' : 'unknown';
        default:
            return 'unknown';
    }
}

/** Plain words of an event, for quotes and rows. */
export function wordsOf(event: MatrixEvent): string {
    const content = event.getContent();
    switch (bareKind(event)) {
        case 'text':
        case 'notice':
        case 'emote':
        case 'location':
            return plainText(content);
        case 'image':
        case 'video':
        case 'sticker':
        case 'audio':
        case 'voice':
            return caption(content);
        case 'file':
            return caption(content) || (mediaOf(content)?.name ?? '');
        case 'unknown':
            return typeof content.body === 'string' ? plainText(content) : '';
        default:
            return '';
    }
}

export function sendState(
    event: MatrixEvent,
    around: { readonly isQueued: (event: MatrixEvent) => boolean },
): SendState {
    switch (event.status) {
        case null:
        case EventStatus.SENT:
            return 'sent';
        case EventStatus.NOT_SENT:
        case EventStatus.CANCELLED:
            return around.isQueued(event) ? 'queued' : 'failed';
        default:
            return 'sending';
    }
}

function lockReason(event: MatrixEvent): LockReason {
    switch (event.decryptionFailureReason) {
        case DecryptionFailureCode.HISTORICAL_MESSAGE_NO_KEY_BACKUP:
        case DecryptionFailureCode.HISTORICAL_MESSAGE_BACKUP_UNCONFIGURED:
        case DecryptionFailureCode.MEGOLM_KEY_WITHHELD_FOR_UNVERIFIED_DEVICE:
            return 'unconfirmed';
        case DecryptionFailureCode.HISTORICAL_MESSAGE_USER_NOT_JOINED:
            return 'before';
        case DecryptionFailureCode.MEGOLM_KEY_WITHHELD:
            return 'withheld';
        case DecryptionFailureCode.SENDER_IDENTITY_PREVIOUSLY_VERIFIED:
            return 'sender-changed';
        case DecryptionFailureCode.UNSIGNED_SENDER_DEVICE:
        case DecryptionFailureCode.UNKNOWN_SENDER_DEVICE:
            return 'sender-unconfirmed';
        case DecryptionFailureCode.UNKNOWN_ERROR:
            return 'broken';
        default:
            return 'waiting';
    }
}

function reactionsOf(event: MatrixEvent, around: Surroundings): readonly Reaction[] {
    const id = event.getId() ?? '';
    const relations = around.room.relations.getChildEventsForEvent(
        id,
        RelationType.Annotation,
        EventType.Reaction,
    );
    const groups = relations?.getSortedAnnotationsByKey();
    if (!groups || groups.length === 0) {
        return NONE;
    }
    const shown: Reaction[] = [];
    for (const [emoji, set] of groups.slice(0, REACTIONS_MAX)) {
        const events = [...set].filter((one) => !one.isRedacted());
        const senders = [...new Set(events.map((one) => one.getSender() ?? ''))];
        if (senders.length > 0) {
            shown.push({
                emoji: emoji.slice(0, EMOJI_MAX),
                count: senders.length,
                mine: senders.includes(around.myId),
                people: senders
                    .slice(0, REACTION_PEOPLE_MAX)
                    .map((one) => around.people.inRoom(around.room, one)),
            });
        }
    }
    return shown;
}

function quoteOf(event: MatrixEvent, around: Surroundings): Quote | undefined {
    const id = event.replyEventId;
    if (!id) {
        return undefined;
    }
    const quoted = around.quoted(id);
    if (quoted === undefined) {
        return { id, state: 'loading' };
    }
    if (quoted === null || quoted.isRedacted()) {
        return { id, state: 'gone' };
    }
    return {
        id,
        state: 'shown',
        sender: around.people.inRoom(around.room, quoted.getSender() ?? ''),
        kind: bareKind(quoted),
        text: wordsOf(quoted),
    };
}

function textPart(event: MatrixEvent, kind: MessageKind, media: Media | undefined) {
    const content = event.getContent();
    if (media) {
        return { text: caption(content), html: caption(content) ? formatted(content) : undefined };
    }
    if (kind === 'deleted' || kind === 'locked' || kind === 'system') {
        return { text: '', html: undefined };
    }
    return { text: wordsOf(event), html: formatted(content) };
}

const EDITABLE: readonly MessageKind[] = ['text', 'emote'];
const SPOKEN: readonly MessageKind[] = ['deleted', 'locked', 'system'];

/** One row, without who has read it: that is put in by the chat, which knows all of them. */
export function toMessage(event: MatrixEvent, around: Surroundings): Message {
    const { room, people, myId } = around;
    const content = event.getContent();
    const sender = event.getSender() ?? '';
    const kind = bareKind(event);
    const own = sender === myId;
    const status = sendState(event, around);
    const media = SPOKEN.includes(kind) ? undefined : mediaOf(content);
    const mentions = SPOKEN.includes(kind) ? { people: NONE, all: false } : mentionsOf(content);
    const edit = event.replacingEvent();
    const sent = status === 'sent';
    const spoken = !SPOKEN.includes(kind);
    const key = keyOf(event);
    return {
        key,
        id: event.getId() ?? '',
        txnId: event.getTxnId(),
        sender: people.inRoom(room, sender),
        own,
        time: event.getTs(),
        status,
        trouble: status === 'failed' ? troubleOf(event.error) : undefined,
        kind,
        ...textPart(event, kind, media),
        mentionsMe: !own && (mentions.all || mentions.people.includes(myId)),
        mentions: mentions.people,
        replyTo: spoken ? quoteOf(event, around) : undefined,
        edited: edit && spoken ? { time: edit.getTs() } : undefined,
        reactions: spoken && sent ? reactionsOf(event, around) : NONE,
        readBy: NOBODY,
        readByAll: false,
        media,
        upload: around.upload(key),
        threadRoot: event.threadRootId,
        system: kind === 'system' ? systemChange(event, room, people) : undefined,
        locked: kind === 'locked' ? lockReason(event) : undefined,
        warning: !event.isState() && isClear(event, room) ? 'clear' : undefined,
        pinned: around.pinned.has(event.getId() ?? ''),
        forwarded: content['org.chancery.forwarded'] === true,
        unknownType: kind === 'unknown' ? event.getType() : undefined,
        can: {
            edit: own && sent && EDITABLE.includes(kind) && around.may.write,
            delete:
                sent && kind !== 'deleted' && kind !== 'system' && (own || around.may.deleteAny),
            react: sent && spoken && around.may.write,
            reply: sent && spoken && around.may.write,
            pin: sent && spoken && around.may.pin,
        },
    };
}

/** Said in clear where all is encrypted. A deleted message has nothing that could be encrypted. */
function isClear(event: MatrixEvent, room: Room): boolean {
    return (
        room.hasEncryptionStateEvent() &&
        !event.isEncrypted() &&
        !event.isRedacted() &&
        event.status === null &&
        event.getType() === EventType.RoomMessage
    );
}
