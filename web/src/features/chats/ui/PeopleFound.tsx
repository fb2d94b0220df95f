import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type Home, type Person, troubleOf } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { go, href } from '../../../ui/route.ts';
import { notice } from '../../../ui/toasts.ts';
import { plainName, troubleLine } from '../../timeline/index.ts';
import { usePeople } from './usePeople.ts';

const SHOWN_MAX = 6;

interface PeopleFoundProps {
    home: Home;
    words: string;
    onOpened: () => void;
}

/** People whom the words fit; choosing one opens the chat with them. */
export function PeopleFound({ home, words, onOpened }: PeopleFoundProps) {
    const { t } = useLingui();
    const { people, state } = usePeople(home, words, SHOWN_MAX);
    const [busy, setBusy] = useState<string>();
    const open = async (person: Person) => {
        setBusy(person.id);
        try {
            go(href('chat', await home.startChat([person.id])));
            onOpened();
        } catch (fault) {
            notice(troubleLine(troubleOf(fault)));
        }
        setBusy(undefined);
    };
    return (
        <>
            <h3>{t`People`}</h3>
            {state === 'done' && people.length === 0 ? (
                <p className="list-note">{t`Nobody of that name.`}</p>
            ) : null}
            {state === 'failed' ? (
                <p className="list-note">{t`People could not be looked up.`}</p>
            ) : null}
            <ul className="people-list">
                {people.map((person) => (
                    <li key={person.id}>
                        <button
                            type="button"
                            className="chat-row in person-row"
                            disabled={busy !== undefined}
                            onClick={() => void open(person)}
                        >
                            <PersonLine home={home} person={person} />
                        </button>
                    </li>
                ))}
            </ul>
        </>
    );
}

export function PersonLine({ home, person }: { home: Home; person: Person }) {
    return (
        <>
            <Avatar
                name={person.name}
                tone={person.tone}
                src={home.media.thumbnailUrl(person.avatarMxc, 88, 88)}
            />
            <span className="name">
                <bdi className="clip">{plainName(person.name)}</bdi>
            </span>
            <span className="last">
                <span className="clip">{person.id}</span>
            </span>
        </>
    );
}
