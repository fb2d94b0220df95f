import { useMemo } from 'react';
import { SearchKeeper } from '../features/search/index.ts';
import { SecurityBanner } from '../features/security/index.ts';
import { AutoLock, ShortcutHelp } from '../features/settings/index.ts';
import type { Home } from '../matrix/index.ts';
import { Messenger } from './Messenger.tsx';
import { slotsOf } from './slots.tsx';

/** The messenger with all that the features put into it. */
export function Frame({ home }: { home: Home }) {
    const slots = useMemo(() => ({ ...slotsOf(home), banner: <SecurityBanner /> }), [home]);
    return (
        <>
            <Messenger home={home} slots={slots} />
            <SearchKeeper home={home} />
            <AutoLock />
            <ShortcutHelp />
        </>
    );
}
