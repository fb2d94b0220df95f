import type { Message } from '../../../matrix/index.ts';

/** What goes to the clipboard: one message as its text, several with who and when. */
export function copied(messages: readonly Message[], moment: (time: number) => string): string {
    const only = messages[0];
    if (messages.length === 1 && only) return only.text || (only.media?.name ?? '');
    return [...messages]
        .sort((a, b) => a.time - b.time)
        .map(
            (each) =>
                `[${moment(each.time)}] ${each.sender.name}: ${each.text || (each.media?.name ?? '')}`,
        )
        .join('\n');
}
