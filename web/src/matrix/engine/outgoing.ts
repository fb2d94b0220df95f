import { type IContent, type MatrixEvent, MsgType, RelationType } from 'matrix-js-sdk';
import type { Outgoing } from '../types.ts';

type Content = Record<string, unknown>;

const HTML = 'org.matrix.custom.html';

function words(message: Outgoing, alsoMentioned?: string): Content {
    const people = [
        ...new Set([...(message.mentions ?? []), ...(alsoMentioned ? [alsoMentioned] : [])]),
    ];
    return {
        msgtype: message.kind === 'emote' ? MsgType.Emote : MsgType.Text,
        body: message.text,
        ...(message.html ? { format: HTML, formatted_body: message.html } : {}),
        'm.mentions': {
            ...(people.length > 0 ? { user_ids: people } : {}),
            ...(message.mentionAll ? { room: true } : {}),
        },
    };
}

/** @param answered who said what is replied to: they are mentioned, as the spec wishes */
export function messageContent(message: Outgoing, answered?: string): Content {
    const relates = {
        ...(message.threadRoot
            ? { rel_type: RelationType.Thread, event_id: message.threadRoot }
            : {}),
        ...(message.replyTo ? { 'm.in_reply_to': { event_id: message.replyTo } } : {}),
    };
    return {
        ...words(message, answered),
        ...(Object.keys(relates).length > 0 ? { 'm.relates_to': relates } : {}),
    };
}

/** An edit mentions only whom the earlier wording did not, so that nobody is rung twice. */
export function editContent(event: MatrixEvent, message: Outgoing): Content {
    const now = words(message);
    const before = event.getContent()['m.mentions'] as { user_ids?: string[] } | undefined;
    const fresh = (message.mentions ?? []).filter((id) => !before?.user_ids?.includes(id));
    return {
        ...now,
        body: `* ${message.text}`,
        ...(message.html ? { formatted_body: `* ${message.html}` } : {}),
        'm.mentions': fresh.length > 0 ? { user_ids: fresh } : {},
        'm.new_content': now,
        'm.relates_to': { rel_type: RelationType.Replace, event_id: event.getId() },
    };
}

/** The addresses of the files that a message is about. */
export function filesOf(content: Content): readonly string[] {
    const { url, file, info } = content as {
        url?: unknown;
        file?: { url?: unknown };
        info?: { thumbnail_url?: unknown; thumbnail_file?: { url?: unknown } };
    };
    const all = [url, file?.url, info?.thumbnail_url, info?.thumbnail_file?.url];
    return all.filter((one) => typeof one === 'string');
}

/** The same words or file in another chat: nobody is mentioned, nothing is answered. */
export function forwardContent(event: MatrixEvent): Content {
    const {
        'm.relates_to': _relates,
        'm.mentions': _mentions,
        ...rest
    } = event.getContent<IContent>();
    return { ...rest, 'm.mentions': {}, 'org.chancery.forwarded': true };
}
