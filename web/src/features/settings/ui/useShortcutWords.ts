import { useLingui } from '@lingui/react/macro';
import type { Act } from '../model/shortcuts.ts';

export function useShortcutWords(): Record<Act, string> {
    const { t } = useLingui();
    return {
        find: t`Search`,
        'new-chat': t`New chat`,
        'previous-chat': t`Chat before`,
        'next-chat': t`Chat after`,
        'next-unread': t`Next chat with something unread`,
        'edit-last': t`Edit your last message, in an empty field`,
        reply: t`Answer the chosen message`,
        react: t`React to the chosen message`,
        who: t`Who can read this?`,
        part: t`Next part of the window`,
        back: t`Back, or close`,
        menu: t`What can be done with the chosen message`,
        help: t`This list`,
    };
}
