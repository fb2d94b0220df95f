import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { go, href } from '../../ui/route.ts';
import { notice, undoable } from '../../ui/toasts.ts';
import { useAct } from '../../ui/useAct.ts';
import type { Link, PersonRow } from '../model/answers.ts';
import type { Api } from '../model/api.ts';
import { DevicesCard } from './DevicesCard.tsx';
import { LinkBox } from './LinkBox.tsx';
import { State } from './PeoplePage.tsx';
import { useAnswer } from './useAnswer.ts';

/** One person: their state, a way back in, their devices. */
export function PersonPage({ api, id }: { api: Api; id: string }) {
    const ask = useCallback(() => api.person(id), [api, id]);
    const { answer: person, trouble, look } = useAnswer(ask);
    return (
        <>
            <header>
                <div className="grow">
                    <p>
                        <a href={href('people')}>
                            <Trans>All people</Trans>
                        </a>
                    </p>
                    <h1>
                        <bdi>{person?.name ?? id}</bdi>
                    </h1>
                    <p className="exact">{id}</p>
                </div>
                {person ? <State person={person} /> : null}
            </header>
            <Fault trouble={trouble} />
            {person && person.state !== 'closed' ? (
                <>
                    <AccountCard api={api} person={person} onChanged={look} />
                    <DevicesCard api={api} person={person} />
                    {person.admin || person.id === api.me ? null : (
                        <CloseCard api={api} person={person} />
                    )}
                </>
            ) : null}
            {person?.state === 'closed' ? (
                <p>
                    <Trans>This account was closed. Its address is not given out again.</Trans>
                </p>
            ) : null}
        </>
    );
}

interface CardProps {
    api: Api;
    person: PersonRow;
}

function AccountCard({ api, person, onChanged }: CardProps & { onChanged: () => void }) {
    const { t } = useLingui();
    const [link, setLink] = useState<Link>();
    const [pending, setPending] = useState<'lock' | 'suspend'>();
    const reset = useAct(async () => setLink(await api.resetLink(person.id)));
    const set = useAct(async (what: 'lock' | 'suspend', on: boolean) => {
        await (what === 'lock' ? api.setLocked : api.setSuspended).call(api, person.id, on);
        setPending(undefined);
        onChanged();
    });
    const { name } = person;
    const after = (what: 'lock' | 'suspend') => {
        setPending(what);
        undoable({
            text: what === 'lock' ? t`${name} is locked.` : t`${name} may only read.`,
            undo: () => setPending(undefined),
            done: () => void set.run(what, true),
        });
    };
    const restricted = person.state === 'locked' || person.state === 'suspended';
    const free = () => set.run(person.state === 'locked' ? 'lock' : 'suspend', false);
    return (
        <section className="card" aria-label={t`Account`}>
            <header>
                <h2>{t`Account`}</h2>
            </header>
            <div className="pad stack">
                <p>
                    <Trans>
                        A new password: make a link and send it to {name}. You never learn the
                        password, and it opens none of their messages.
                    </Trans>
                </p>
                <div className="row wrap">
                    <Button icon="key" isDisabled={reset.busy} onPress={() => void reset.run()}>
                        <Trans>Make a link for a new password</Trans>
                    </Button>
                </div>
                <Fault trouble={reset.trouble} />
                {person.admin || person.id === api.me ? null : (
                    <>
                        <p>
                            <Trans>
                                Locked, they can do nothing until you unlock. They may also be
                                limited to reading. Nothing is lost either way.
                            </Trans>
                        </p>
                        <div className="row wrap">
                            {restricted ? (
                                <Button isDisabled={set.busy} onPress={() => void free()}>
                                    {person.state === 'locked' ? (
                                        <Trans>Unlock</Trans>
                                    ) : (
                                        <Trans>Let them write again</Trans>
                                    )}
                                </Button>
                            ) : (
                                <>
                                    <Button
                                        icon="lock"
                                        isDisabled={pending !== undefined}
                                        onPress={() => after('lock')}
                                    >
                                        <Trans>Lock</Trans>
                                    </Button>
                                    <Button
                                        icon="hold"
                                        isDisabled={pending !== undefined}
                                        onPress={() => after('suspend')}
                                    >
                                        <Trans>Only let them read</Trans>
                                    </Button>
                                </>
                            )}
                        </div>
                        <Fault trouble={set.trouble} />
                    </>
                )}
            </div>
            {link ? (
                <Dialog
                    title={t`A new password for ${name}`}
                    narrow
                    onClose={() => setLink(undefined)}
                >
                    <LinkBox link={link} />
                </Dialog>
            ) : null}
        </section>
    );
}

/** What no undo brings back names its person. */
function CloseCard({ api, person }: CardProps) {
    const { t } = useLingui();
    const [asked, setAsked] = useState(false);
    const { run, busy, trouble } = useAct(() => api.close(person.id));
    const { name } = person;
    const close = async () => {
        if (await run()) {
            notice(t`The account of ${name} is closed.`);
            go(href('people'));
        }
    };
    return (
        <section className="card" aria-label={t`Close the account`}>
            <header>
                <h2>{t`Close the account`}</h2>
            </header>
            <div className="pad stack">
                <p>
                    <Trans>
                        {name} leaves all chats and can’t sign in again. What they wrote stays with
                        those who received it.
                    </Trans>
                </p>
                <div className="row">
                    <Button icon="trash" onPress={() => setAsked(true)}>
                        <Trans>Close the account</Trans>
                    </Button>
                </div>
            </div>
            {asked ? (
                <Dialog
                    title={t`Close the account of ${name}?`}
                    narrow
                    onClose={() => setAsked(false)}
                    footer={
                        <>
                            <Button look="quiet" onPress={() => setAsked(false)}>
                                <Trans>Keep it</Trans>
                            </Button>
                            <Button look="danger" isDisabled={busy} onPress={() => void close()}>
                                <Trans>Close the account</Trans>
                            </Button>
                        </>
                    }
                >
                    <div className="note danger">
                        <Icon name="warn" />
                        <div>
                            <b className="exact">{person.id}</b>
                            <br />
                            <Trans>
                                This can’t be undone, and the address is not given out again.
                            </Trans>
                        </div>
                    </div>
                    <Fault trouble={trouble} />
                </Dialog>
            ) : null}
        </section>
    );
}
