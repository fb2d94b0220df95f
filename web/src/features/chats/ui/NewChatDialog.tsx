import { Trans, useLingui } from '@lingui/react/macro';
import { useId, useMemo, useRef, useState } from 'react';
import { type Home, type Person, troubleOf } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Choice } from '../../../ui/Choice.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { TextField } from '../../../ui/fields.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { go, href } from '../../../ui/route.ts';
import { useView } from '../../../ui/useView.ts';
import { plainName, troubleLine } from '../../timeline/index.ts';
import { PersonLine } from './PeopleFound.tsx';
import { usePeople } from './usePeople.ts';

const SHOWN_MAX = 12;
const KNOWN_MAX = 8;

interface NewChatDialogProps {
    home: Home;
    onClose: () => void;
}

/** With one person a chat, with several a group that may have a name. */
export function NewChatDialog({ home, onClose }: NewChatDialogProps) {
    const { t } = useLingui();
    const [people, setPeople] = useState<readonly Person[]>([]);
    const [words, setWords] = useState('');
    const [name, setName] = useState('');
    const [kind, setKind] = useState<'chat' | 'work'>('chat');
    const [busy, setBusy] = useState(false);
    const [trouble, setTrouble] = useState<string>();
    const typed = useRef<HTMLInputElement>(null);
    const group = people.length > 1;
    const start = async () => {
        setBusy(true);
        setTrouble(undefined);
        try {
            const ids = people.map((each) => each.id);
            const title = group ? name.trim() || undefined : undefined;
            const id = await home.startChat(ids, title, kind === 'work');
            onClose();
            go(href('chat', id));
        } catch (fault) {
            setTrouble(troubleLine(troubleOf(fault)));
            setBusy(false);
        }
    };
    const add = (person: Person) => {
        if (!people.some((each) => each.id === person.id)) setPeople([...people, person]);
        setWords('');
        typed.current?.focus();
    };
    return (
        <Dialog
            title={t`New chat`}
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="main"
                        isDisabled={people.length === 0 || busy}
                        onPress={() => void start()}
                    >
                        <StartWords kept={kind === 'work'} group={group} />
                    </Button>
                </>
            }
        >
            <PeopleField
                people={people}
                words={words}
                onWords={setWords}
                onRemove={(person) => setPeople(people.filter((each) => each !== person))}
                field={typed}
            />
            {group ? (
                <TextField
                    label={t`Name`}
                    hint={t`Without a name the group is called by its people.`}
                    value={name}
                    onChange={setName}
                    maxLength={120}
                />
            ) : null}
            {people.length > 0 ? (
                <Choice
                    label={t`What becomes of it`}
                    value={kind}
                    options={[
                        ['chat', t`A chat`, t`Not kept. For what passes.`],
                        [
                            'work',
                            t`A work record`,
                            t`Kept, sealed in an archive that only custodians together can open, for a stated reason. Messages can’t be sent in clear.`,
                        ],
                    ]}
                    onChange={setKind}
                />
            ) : null}
            {trouble ? (
                <p className="error-text" role="alert">
                    <Icon name="error" size={16} />
                    {trouble}
                </p>
            ) : null}
            <Suggestions home={home} words={words} chosen={people} onPick={add} />
        </Dialog>
    );
}

function StartWords({ kept, group }: { kept: boolean; group: boolean }) {
    if (kept) {
        return <Trans>Start as a work record</Trans>;
    }
    return group ? <Trans>Make the group</Trans> : <Trans>Start the chat</Trans>;
}

interface PeopleFieldProps {
    people: readonly Person[];
    words: string;
    onWords: (words: string) => void;
    onRemove: (person: Person) => void;
    field: React.RefObject<HTMLInputElement | null>;
}

export function PeopleField({ people, words, onWords, onRemove, field }: PeopleFieldProps) {
    const { t } = useLingui();
    const id = useId();
    return (
        <div className="field">
            <label htmlFor={id}>
                <Trans>With whom?</Trans>
            </label>
            <div className="tokens">
                {people.map((person) => {
                    const name = plainName(person.name);
                    return (
                        <span key={person.id} className="token">
                            <Avatar name={person.name} tone={person.tone} size="xs" />
                            <bdi>{name}</bdi>
                            <button
                                type="button"
                                aria-label={t`Remove ${name}`}
                                onClick={() => onRemove(person)}
                            >
                                <Icon name="x" size={14} />
                            </button>
                        </span>
                    );
                })}
                <input
                    ref={field}
                    id={id}
                    // biome-ignore lint/a11y/noAutofocus: a dialog takes the focus, and this is its question.
                    autoFocus
                    autoComplete="off"
                    placeholder={t`Type a name`}
                    value={words}
                    onChange={(event) => onWords(event.target.value)}
                    onKeyDown={(event) => {
                        const last = people.at(-1);
                        if (event.key === 'Backspace' && words === '' && last) onRemove(last);
                    }}
                />
            </div>
        </div>
    );
}

interface SuggestionsProps {
    home: Home;
    words: string;
    chosen: readonly Person[];
    onPick: (person: Person) => void;
}

/** Who fits what is typed; before anything is typed, with whom one has chats already. */
export function Suggestions({ home, words, chosen, onPick }: SuggestionsProps) {
    const { t } = useLingui();
    const { all } = useView(home.chats);
    const { people, state } = usePeople(home, words, SHOWN_MAX);
    const known = useMemo(() => {
        const others = all.flatMap((chat) => (chat.isDirect && chat.other ? [chat.other] : []));
        return [...new Map(others.map((each) => [each.id, each])).values()].slice(0, KNOWN_MAX);
    }, [all]);
    const empty = words.trim() === '';
    const shown = (empty ? known : people).filter(
        (each) => !chosen.some((one) => one.id === each.id),
    );
    return (
        <section className="suggestions" aria-label={t`People found`}>
            <p className="small muted" role="status">
                {!empty && state === 'done' && shown.length === 0 ? t`Nobody of that name.` : null}
                {!empty && state === 'failed' ? t`People could not be looked up.` : null}
                {!empty && state === 'looking' && people.length === 0 ? t`Looking` : null}
            </p>
            <ul className="people-list">
                {shown.map((person) => (
                    <li key={person.id}>
                        <button
                            type="button"
                            className="chat-row in person-row"
                            onClick={() => onPick(person)}
                        >
                            <PersonLine home={home} person={person} />
                        </button>
                    </li>
                ))}
            </ul>
        </section>
    );
}
