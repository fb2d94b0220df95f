import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type Home, type Person, troubleOf } from '../../../matrix/index.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { SearchBox } from '../../../ui/fields.tsx';
import { go, href } from '../../../ui/route.ts';
import { notice } from '../../../ui/toasts.ts';
import { troubleLine } from '../../timeline/index.ts';
import { Suggestions } from './NewChatDialog.tsx';

/** The directory: who is there, and a chat with them by one press. */
export function PeoplePane({ home, onNewChat }: { home: Home; onNewChat: () => void }) {
    const { t } = useLingui();
    const [words, setWords] = useState('');
    const open = (person: Person) => {
        home.startChat([person.id]).then(
            (id) => go(href('chat', id)),
            (fault: unknown) => notice(troubleLine(troubleOf(fault))),
        );
    };
    return (
        <section className="list" aria-label={t`People`}>
            <div className="list-head">
                <div className="row between">
                    <h2 className="title">{t`People`}</h2>
                    <IconButton solid dense icon="plus" label={t`New chat`} onPress={onNewChat} />
                </div>
                <SearchBox
                    label={t`Search people`}
                    placeholder={t`Search people`}
                    value={words}
                    onChange={setWords}
                />
            </div>
            <div className="chats">
                <Suggestions home={home} words={words} chosen={[]} onPick={open} />
            </div>
        </section>
    );
}
