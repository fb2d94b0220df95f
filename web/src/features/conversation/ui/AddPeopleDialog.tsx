import { Trans, useLingui } from '@lingui/react/macro';
import { useRef, useState } from 'react';
import { type ChatView, type Home, type Person, troubleOf } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { PeopleField, Suggestions } from '../../chats/index.ts';
import { troubleLine } from '../../timeline/index.ts';

interface AddPeopleDialogProps {
    home: Home;
    view: ChatView;
    onClose: () => void;
}

/** Invites more people to a chat. */
export function AddPeopleDialog({ home, view, onClose }: AddPeopleDialogProps) {
    const { t } = useLingui();
    const [people, setPeople] = useState<readonly Person[]>([]);
    const [words, setWords] = useState('');
    const [busy, setBusy] = useState(false);
    const [trouble, setTrouble] = useState('');
    const field = useRef<HTMLInputElement>(null);
    const invite = async () => {
        setBusy(true);
        try {
            for (const person of people) {
                await view.invite(person.id);
                setPeople((left) => left.filter((each) => each !== person));
            }
            onClose();
        } catch (fault) {
            setTrouble(troubleLine(troubleOf(fault)));
            setBusy(false);
        }
    };
    return (
        <Dialog
            title={t`Add people`}
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="main"
                        isDisabled={busy || people.length === 0}
                        onPress={() => void invite()}
                    >
                        <Trans>Invite</Trans>
                    </Button>
                </>
            }
        >
            <PeopleField
                people={people}
                words={words}
                onWords={setWords}
                onRemove={(person) => setPeople(people.filter((each) => each !== person))}
                field={field}
            />
            {trouble ? (
                <p className="error-text" role="alert">
                    {trouble}
                </p>
            ) : null}
            <Suggestions
                home={home}
                words={words}
                chosen={people}
                onPick={(person) => {
                    setPeople([...people, person]);
                    setWords('');
                }}
            />
        </Dialog>
    );
}
