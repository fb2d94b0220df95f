import { Trans, useLingui } from '@lingui/react/macro';
import type { Home, Person } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';
import { plainName } from '../../timeline/index.ts';

/** Of whom one sees nothing. */
export function BlockedPage({ home }: { home: Home }) {
    const blocked = useView(home.personal.blocked);
    const { run, busy, trouble } = useAct((id: string) => home.personal.block(id, false));
    return (
        <>
            <p>
                <Trans>
                    You see no messages and no invitations of people whom you block. They are not
                    told. In groups that you share, the others see both of you.
                </Trans>
            </p>
            {blocked.length === 0 ? (
                <p className="muted">
                    <Trans>You block nobody. To block somebody, open “About this chat”.</Trans>
                </p>
            ) : null}
            <ul className="stack-2">
                {blocked.map((person) => (
                    <Row
                        key={person.id}
                        person={person}
                        busy={busy}
                        onFree={() => void run(person.id)}
                    />
                ))}
            </ul>
            <Fault trouble={trouble} />
        </>
    );
}

function Row({ person, busy, onFree }: { person: Person; busy: boolean; onFree: () => void }) {
    const { t } = useLingui();
    const name = plainName(person.name);
    return (
        <li className="device">
            <Avatar name={name} tone={person.tone} size="s" />
            <div className="grow">
                <p className="name">
                    <bdi>{name}</bdi>
                </p>
                <p className="small muted">
                    <bdi>{person.id}</bdi>
                </p>
            </div>
            <Button
                small
                isDisabled={busy}
                aria-label={t`Take back the block of ${name}`}
                onPress={onFree}
            >
                <Trans context="a block">Take back</Trans>
            </Button>
        </li>
    );
}
