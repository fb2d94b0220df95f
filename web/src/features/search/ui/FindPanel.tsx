import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { SearchBox } from '../../../ui/fields.tsx';
import { Panel } from '../../../ui/Panel.tsx';
import { FoundMessages } from './FoundMessages.tsx';

/** The search in one chat. */
export function FindPanel({ home, chatId }: { home: Home; chatId: string }) {
    const { t } = useLingui();
    const [words, setWords] = useState('');
    return (
        <Panel chatId={chatId} title={t`Search in this chat`}>
            <SearchBox
                label={t`Words of a message, a file or a person`}
                placeholder={t`Search`}
                value={words}
                onChange={setWords}
            />
            <FoundMessages home={home} words={words} chatId={chatId} />
        </Panel>
    );
}
