import { useLingui } from '@lingui/react/macro';
import type { ChatSummary } from '../../../matrix/index.ts';
import { plainName } from '../../timeline/index.ts';

/** What a chat is called: its name, its other person, or that it has none. */
export function useChatName(chat: ChatSummary | undefined): string {
    const { t } = useLingui();
    if (!chat) return '';
    return plainName(chat.name) || plainName(chat.other?.name ?? '') || t`Chat without a name`;
}
