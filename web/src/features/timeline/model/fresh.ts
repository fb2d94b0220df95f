import type { Message } from '../../../matrix/index.ts';

const READ_OUT_MAX = 5;

/** What came after the message that was last before, of others; nothing when that one is gone. */
export function fresh(messages: readonly Message[], seen: string | undefined): readonly Message[] {
    if (seen === undefined) return [];
    const at = messages.findLastIndex((message) => message.key === seen);
    if (at < 0) return [];
    return messages
        .slice(at + 1)
        .filter((message) => !message.own && message.kind !== 'system')
        .slice(-READ_OUT_MAX);
}
