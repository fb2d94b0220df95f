import { useLingui } from '@lingui/react/macro';
import { Avatar } from '../../../ui/Avatar.tsx';
import type { Suggestion } from './Composer.tsx';

interface MentionListProps {
    listId: string;
    people: readonly Suggestion[];
    chosen: number;
    onPick: (person: Suggestion) => void;
}

/** Who can be meant by what stands after the "@". The focus stays in the text. */
export function MentionList({ listId, people, chosen, onPick }: MentionListProps) {
    const { t } = useLingui();
    return (
        <div className="mention-list" role="listbox" id={listId} aria-label={t`People`}>
            {people.map((person, n) => (
                // biome-ignore lint/a11y/useKeyWithClickEvents: the text field hears the keys.
                <div
                    key={person.id}
                    id={`${listId}-${n}`}
                    role="option"
                    tabIndex={-1}
                    aria-selected={n === chosen}
                    className="mention-option"
                    onPointerDown={(event) => event.preventDefault()}
                    onClick={() => onPick(person)}
                >
                    <Avatar name={person.name} tone={person.tone} size="s" />
                    <span className="grow clip">
                        <bdi>{person.name}</bdi>
                    </span>
                </div>
            ))}
        </div>
    );
}
