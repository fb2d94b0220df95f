import { useMemo } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { useView } from '../../../ui/useView.ts';
import { HIDDEN, readHidden, readStarred, STARRED } from '../../message-actions/index.ts';

/** Ids of this chat's messages that are starred, or taken out of one's sight. */
export function useKeepsakes(
    home: Home,
    chatId: string,
): { hidden: ReadonlySet<string>; starred: ReadonlySet<string> } {
    const hiddenView = useMemo(() => home.accountData.view<unknown>(HIDDEN), [home]);
    const starredView = useMemo(() => home.accountData.view<unknown>(STARRED), [home]);
    const hidden = useView(hiddenView);
    const starred = useView(starredView);
    return useMemo(
        () => ({
            hidden: idsOf(readHidden(hidden), chatId),
            starred: idsOf(readStarred(starred), chatId),
        }),
        [hidden, starred, chatId],
    );
}

function idsOf(
    list: readonly { room: string; event: string }[],
    chatId: string,
): ReadonlySet<string> {
    return new Set(list.filter((each) => each.room === chatId).map((each) => each.event));
}
