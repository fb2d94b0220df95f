/** The sentences for what is data in a message: kinds, changes, locks, troubles. */

import type { MessageDescriptor } from '@lingui/core';
import { i18n } from '@lingui/core';
import { msg, plural } from '@lingui/core/macro';
import type {
    LockReason,
    Message,
    MessageKind,
    SystemChange,
    Trouble,
} from '../../../matrix/index.ts';
import { plainName } from '../model/safeHtml.ts';
import { clockTime, duration } from '../model/when.ts';

const KINDS: Partial<Record<MessageKind, MessageDescriptor>> = {
    image: msg`Photo`,
    file: msg`File`,
    video: msg`Video`,
    audio: msg`Sound`,
    voice: msg`Voice note`,
    location: msg`Place`,
    sticker: msg`Sticker`,
    deleted: msg`This message was deleted`,
    locked: msg`This message can’t be read on this device yet.`,
    unknown: msg`This app can’t show this message.`,
};

/** A message in one line, for quotes, for the list and for what is read out. */
export function inOneLine(message: {
    kind: MessageKind;
    text?: string | undefined;
    system?: SystemChange | undefined;
    media?: { name: string; durationMs?: number | undefined } | undefined;
}): string {
    if (message.kind === 'system') return message.system ? systemLine(message.system) : '';
    const words = KINDS[message.kind];
    const text = (message.text ?? '').replace(/\s+/g, ' ').trim();
    if (!words) return text;
    if (['deleted', 'locked', 'unknown'].includes(message.kind)) return i18n._(words);
    if (message.kind === 'voice' && message.media?.durationMs) {
        return `${i18n._(words)}, ${duration(message.media.durationMs)}`;
    }
    if (message.kind === 'file') return text || plainName(message.media?.name ?? i18n._(words));
    return text ? `${i18n._(words)}: ${text}` : i18n._(words);
}

function simpleLine(change: SystemChange, who: string): MessageDescriptor | undefined {
    switch (change.what) {
        case 'created':
            return msg`${who} started this chat.`;
        case 'joined':
            return msg`${who} joined.`;
        case 'left':
            return msg`${who} left.`;
        case 'declined':
            return msg`${who} declined the invitation.`;
        case 'asked':
            return msg`${who} asks to join.`;
        case 'avatar-self':
            return msg`${who} changed their picture.`;
        case 'pictured':
            return msg`${who} changed the picture of the chat.`;
        case 'encrypted':
            return msg`Messages in this chat are encrypted between its members.`;
        case 'pinned':
            return msg`${who} changed the pinned messages.`;
        case 'powers':
            return msg`${who} changed who may do what.`;
        case 'replaced':
            return msg`${who} moved this chat to a new one.`;
        default:
            return undefined;
    }
}

function lineAboutSomebody(change: SystemChange, who: string): MessageDescriptor {
    const whom = 'whom' in change ? plainName(change.whom.name) : '';
    switch (change.what) {
        case 'invited':
            return msg`${who} invited ${whom}.`;
        case 'withdrawn':
            return msg`${who} took back the invitation of ${whom}.`;
        case 'removed':
            return msg`${who} removed ${whom}.`;
        case 'banned':
            return msg`${who} removed ${whom} for good.`;
        case 'unbanned':
            return msg`${who} lets ${whom} be invited again.`;
        default:
            return msg`${who} changed something here.`;
    }
}

export function systemLine(change: SystemChange): string {
    const who = plainName(change.who.name);
    if (change.what === 'renamed-self') {
        const from = plainName(change.from);
        const to = plainName(change.to);
        return i18n._(msg`${from} is now called ${to}.`);
    }
    if (change.what === 'named') {
        const name = plainName(change.name);
        return i18n._(msg`${who} named the chat “${name}”.`);
    }
    if (change.what === 'described') {
        const text = plainName(change.text);
        return i18n._(
            text ? msg`${who} described the chat: ${text}` : msg`${who} took the description away.`,
        );
    }
    if (change.what === 'access') {
        if (change.to === 'anyone') return i18n._(msg`${who} opened the chat to anyone.`);
        if (change.to === 'asking') return i18n._(msg`${who} lets people ask to join.`);
        return i18n._(msg`${who} closed the chat to people who are not invited.`);
    }
    return i18n._(simpleLine(change, who) ?? lineAboutSomebody(change, who));
}

/** What is wrong with a locked message, and what happens next. */
export function lockWords(reason: LockReason): { title: string; detail: string; heals: boolean } {
    const yet = i18n._(msg`This message can’t be read on this device yet.`);
    const never = i18n._(msg`This message can’t be read on this device.`);
    switch (reason) {
        case 'waiting':
            return {
                title: yet,
                detail: i18n._(
                    msg`It came before the key that opens it. We have asked for the key; most arrive within a minute.`,
                ),
                heals: true,
            };
        case 'unconfirmed':
            return {
                title: yet,
                detail: i18n._(
                    msg`Confirm this device from another one of yours, or enter your recovery code. Then it opens by itself.`,
                ),
                heals: true,
            };
        case 'before':
            return {
                title: never,
                detail: i18n._(msg`It was sent before you joined this chat.`),
                heals: false,
            };
        case 'withheld':
            return {
                title: never,
                detail: i18n._(
                    msg`The sender’s device gives its key only to confirmed devices. Ask the sender to send it again.`,
                ),
                heals: true,
            };
        case 'sender-unconfirmed':
            return {
                title: yet,
                detail: i18n._(
                    msg`It came from a device that its sender has not confirmed. It opens when they do.`,
                ),
                heals: true,
            };
        case 'sender-changed':
            return {
                title: never,
                detail: i18n._(
                    msg`The sender’s identity has changed. It stays closed until you have checked with them that this is right.`,
                ),
                heals: true,
            };
        case 'broken':
            return {
                title: never,
                detail: i18n._(msg`It was damaged on the way. Ask the sender to send it again.`),
                heals: false,
            };
    }
}

/** A sentence for each thing that can go wrong. */
export function troubleLine(trouble: Trouble | undefined): string {
    switch (trouble?.kind) {
        case 'offline':
            return i18n._(msg`Not sent: there is no connection.`);
        case 'server-away':
            return i18n._(msg`Not sent: the server does not answer.`);
        case 'limited':
            return i18n._(msg`Not sent: too many messages in a short time. Wait a little.`);
        case 'too-large':
            return i18n._(msg`Not sent: it is larger than the server takes.`);
        case 'refused':
            return i18n._(msg`Not sent: the server refused it.`);
        case 'gone':
            return i18n._(msg`It is not there any more.`);
        case 'unsafe':
            return i18n._(msg`The file is not what its sender said it is, so it stays closed.`);
        default:
            return i18n._(msg`Not sent.`);
    }
}

export function peopleInWords(names: readonly string[], locale: string): string {
    return new Intl.ListFormat(locale, { type: 'conjunction' }).format(names.map(plainName));
}

/** How far one's own message came, in words. */
export function stateWords(message: Message): string {
    if (message.status === 'queued') return i18n._(msg`Waiting`);
    if (message.status === 'sending') return i18n._(msg`Sending`);
    if (message.status === 'failed') return i18n._(msg`Not sent`);
    if (message.readByAll) return i18n._(msg`Read by everyone`);
    const readers = message.readBy.length;
    if (readers > 0) {
        return i18n._(
            msg({
                message: plural(readers, { one: 'Read by # person', other: 'Read by # people' }),
            }),
        );
    }
    return i18n._(msg`Sent`);
}

/** The whole of a message as it is read out when the reader comes to it. */
export function spoken(message: Message, locale: string): string {
    const parts = [message.own ? i18n._(msg`You`) : plainName(message.sender.name)];
    if (message.replyTo?.sender) {
        const name = plainName(message.replyTo.sender.name);
        parts.push(i18n._(msg`in reply to ${name}`));
    }
    parts.push(inOneLine(message).slice(0, 1_000));
    if (message.edited) parts.push(i18n._(msg`edited`));
    if (message.pinned) parts.push(i18n._(msg`pinned`));
    for (const reaction of message.reactions.slice(0, 5)) {
        parts.push(`${reaction.emoji} ${reaction.count}`);
    }
    parts.push(clockTime(message.time, locale));
    if (message.own) parts.push(stateWords(message));
    return parts.join(', ');
}
