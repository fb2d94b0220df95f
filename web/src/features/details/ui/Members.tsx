import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import {
    type ChatDetails,
    type ChatView,
    type DetailedMember,
    type Home,
    troubleOf,
} from '../../../matrix/index.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SearchBox } from '../../../ui/fields.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Menu, MenuItem } from '../../../ui/Menu.tsx';
import { Part } from '../../../ui/Panel.tsx';
import { go, href } from '../../../ui/route.ts';
import { notice } from '../../../ui/toasts.ts';
import { useView } from '../../../ui/useView.ts';
import { AddPeopleDialog } from '../../conversation/index.ts';
import { plainName, troubleLine } from '../../timeline/index.ts';
import { found } from '../model/found.ts';
import { PersonRow } from './PersonRow.tsx';

const FIRST = 8;
const SEARCH_FROM = 12;

interface MembersProps {
    home: Home;
    view: ChatView;
    details: ChatDetails;
}

/** Who is in a group, who asks, who is invited; and what can be done with each. */
export function Members({ home, view, details }: MembersProps) {
    const { t } = useLingui();
    const snapshot = useView(details);
    const [words, setWords] = useState('');
    const [all, setAll] = useState(false);
    const [adding, setAdding] = useState(false);
    const { members, invited, asking, more } = snapshot;
    const fitting = found(members, words);
    const shown = all || words ? fitting : fitting.slice(0, FIRST);
    const hidden = fitting.length - shown.length;
    const row = (member: DetailedMember) => (
        <PersonRow key={member.id} home={home} member={member}>
            <Acts home={home} view={view} details={details} member={member} />
        </PersonRow>
    );
    return (
        <>
            {asking.length > 0 ? (
                <Part icon={<Icon name="door" />} title={t`Ask to be let in`} count={asking.length}>
                    <ul>{asking.map(row)}</ul>
                </Part>
            ) : null}
            <Part icon={<Icon name="people" />} title={t`Members`} count={members.length + more}>
                {snapshot.can.invite ? (
                    <div className="row">
                        <Button small icon="plus" onPress={() => setAdding(true)}>
                            <Trans>Add people</Trans>
                        </Button>
                    </div>
                ) : null}
                {members.length >= SEARCH_FROM ? (
                    <SearchBox
                        label={t`Search the members`}
                        placeholder={t`Search the members`}
                        value={words}
                        onChange={setWords}
                    />
                ) : null}
                <ul>{shown.map(row)}</ul>
                {hidden > 0 ? (
                    <p>
                        <button type="button" className="link" onClick={() => setAll(true)}>
                            <Plural value={hidden} one="# more" other="# more" />
                        </button>
                    </p>
                ) : null}
                {words && fitting.length === 0 ? <p>{t`Nobody of this name is here.`}</p> : null}
            </Part>
            {invited.length > 0 ? (
                <Part
                    icon={<Icon name="letter" />}
                    title={t`Invited, not yet here`}
                    count={invited.length}
                >
                    <ul>{invited.map(row)}</ul>
                </Part>
            ) : null}
            {adding ? (
                <AddPeopleDialog home={home} view={view} onClose={() => setAdding(false)} />
            ) : null}
        </>
    );
}

interface ActsProps extends MembersProps {
    member: DetailedMember;
}

function Acts({ home, view, details, member }: ActsProps) {
    const { t } = useLingui();
    const [asked, setAsked] = useState<'remove' | 'promote'>();
    const name = plainName(member.name);
    const blocked = useView(home.personal.blocked).some((person) => person.id === member.id);
    if (member.own) {
        return <span />;
    }
    const failed = (fault: unknown) => notice(troubleLine(troubleOf(fault)));
    const act = (what: string) => {
        if (what === 'remove' || what === 'promote') setAsked(what);
        if (what === 'demote') details.setRole(member.id, 'member').catch(failed);
        if (what === 'let-in') details.letIn(member.id).catch(failed);
        if (what === 'block') home.personal.block(member.id, !blocked).catch(failed);
        if (what === 'write') {
            home.startChat([member.id]).then((id) => go(href('chat', id)), failed);
        }
    };
    return (
        <>
            <Menu
                label={name}
                trigger={<IconButton dense icon="more" label={t`What to do with ${name}`} />}
                onAction={act}
            >
                {member.membership === 'ask' && details.snapshot().can.invite ? (
                    <MenuItem id="let-in" icon="check">{t`Let in`}</MenuItem>
                ) : null}
                <MenuItem id="write" icon="chat">{t`Write a message`}</MenuItem>
                {member.can.setRole && member.membership === 'join' && member.role !== 'owner' ? (
                    <MenuItem id="promote" icon="key">{t`Make administrator`}</MenuItem>
                ) : null}
                {member.can.setRole && member.role !== 'member' ? (
                    <MenuItem id="demote" icon="person">{t`Make a plain member`}</MenuItem>
                ) : null}
                <MenuItem id="block" icon="eyeoff">
                    {blocked ? t`Take back the block` : t`Block`}
                </MenuItem>
                {member.can.remove ? (
                    <MenuItem id="remove" icon="trash" danger>
                        {removeWords(t, member)}
                    </MenuItem>
                ) : null}
            </Menu>
            {asked ? (
                <Ask
                    what={asked}
                    name={name}
                    onClose={() => setAsked(undefined)}
                    onYes={() => {
                        const done =
                            asked === 'remove'
                                ? view.remove(member.id)
                                : details.setRole(member.id, 'owner');
                        done.catch(failed);
                        setAsked(undefined);
                    }}
                />
            ) : null}
        </>
    );
}

type Words = ReturnType<typeof useLingui>['t'];

function removeWords(t: Words, { membership }: DetailedMember): string {
    if (membership === 'invite') return t`Take back the invitation`;
    return membership === 'ask' ? t`Turn away` : t`Remove from the group`;
}

interface AskProps {
    what: 'remove' | 'promote';
    name: string;
    onClose: () => void;
    onYes: () => void;
}

/** Neither can be taken back by the one who did it, so the person is named before. */
function Ask({ what, name, onClose, onYes }: AskProps) {
    const { t } = useLingui();
    const remove = what === 'remove';
    return (
        <Dialog
            title={remove ? t`Remove ${name}?` : t`Make ${name} an administrator?`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button look={remove ? 'danger' : 'main'} onPress={onYes}>
                        {remove ? <Trans>Remove</Trans> : <Trans>Make administrator</Trans>}
                    </Button>
                </>
            }
        >
            <p>
                {remove ? (
                    <Trans>
                        They get no more messages of this group. What they have received stays with
                        them.
                    </Trans>
                ) : (
                    <Trans>
                        They may then do all that you may. One administrator can’t demote another;
                        only who made the group can.
                    </Trans>
                )}
            </p>
        </Dialog>
    );
}
