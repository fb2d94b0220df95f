import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { Avatar, toneOfText } from '../../ui/Avatar.tsx';
import { Button } from '../../ui/Button.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { SearchBox } from '../../ui/fields.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { href } from '../../ui/route.ts';
import { useLocale } from '../../ui/useLocale.ts';
import type { PersonRow } from '../model/answers.ts';
import type { Api } from '../model/api.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { FIRST_PAGE, Pager } from './Pager.tsx';
import { useAnswer } from './useAnswer.ts';

const WAIT_MS = 250;

/** Everybody who has an account, in pages. */
export function PeoplePage({ api }: { api: Api }) {
    const { t } = useLingui();
    const [words, setWords] = useState('');
    const [starts, setStarts] = useState(FIRST_PAGE);
    const [inviting, setInviting] = useState(false);
    const wanted = useSettled(words);
    const from = starts.at(-1) ?? '';
    const ask = useCallback(() => api.people(wanted, from), [api, wanted, from]);
    const { answer, trouble, look } = useAnswer(ask);
    const total = answer?.total;
    return (
        <>
            <header>
                <div className="grow">
                    <h1>
                        <Trans>People</Trans>
                    </h1>
                    <p>
                        {total === undefined ? null : (
                            <Plural value={total} one="# account." other="# accounts." />
                        )}{' '}
                        <Trans>You see who has an account, never what they write.</Trans>
                    </p>
                </div>
                <Button look="main" icon="plus" onPress={() => setInviting(true)}>
                    <Trans>Invite</Trans>
                </Button>
            </header>
            <div className="toolbar">
                <SearchBox
                    label={t`Search people`}
                    placeholder={t`Name or address`}
                    value={words}
                    onChange={(next) => {
                        setWords(next);
                        setStarts(FIRST_PAGE);
                    }}
                />
            </div>
            <Fault trouble={trouble} />
            {trouble ? (
                <div className="row">
                    <Button icon="refresh" onPress={look}>
                        <Trans>Try again</Trans>
                    </Button>
                </div>
            ) : null}
            <section className="card" aria-label={t`People`}>
                <Table people={answer?.people ?? []} />
                {answer?.people.length === 0 ? (
                    <p className="pad" role="status">
                        <Trans>Nobody has a name or address that begins so.</Trans>
                    </p>
                ) : null}
                <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
            </section>
            {inviting ? <InviteDialog api={api} onClose={() => setInviting(false)} /> : null}
        </>
    );
}

/** The words once one stops typing. */
function useSettled(words: string): string {
    const [settled, setSettled] = useState(words);
    useEffect(() => {
        const timer = setTimeout(() => setSettled(words), WAIT_MS);
        return () => clearTimeout(timer);
    }, [words]);
    return settled;
}

function Table({ people }: { people: readonly PersonRow[] }) {
    const { t } = useLingui();
    const locale = useLocale();
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    return (
        <table className="table-cards">
            <caption className="sr">
                <Trans>People, by address</Trans>
            </caption>
            <thead>
                <tr>
                    <th scope="col">
                        <Trans>Name</Trans>
                    </th>
                    <th scope="col">
                        <Trans>Address</Trans>
                    </th>
                    <th scope="col">
                        <Trans>Since</Trans>
                    </th>
                    <th scope="col">
                        <Trans context="of an account">State</Trans>
                    </th>
                </tr>
            </thead>
            <tbody>
                {people.map((person) => (
                    <tr key={person.id}>
                        <td>
                            <span className="name">
                                <Avatar name={person.name} tone={toneOfText(person.id)} size="s" />
                                <a href={href('people', person.id)}>
                                    <bdi>{person.name}</bdi>
                                </a>
                            </span>
                        </td>
                        <td data-col={t`Address`}>
                            <bdi className="exact">{person.id}</bdi>
                        </td>
                        <td data-col={t`Since`}>{person.since ? day.format(person.since) : ''}</td>
                        <td data-col={t({ message: 'State', context: 'of an account' })}>
                            <State person={person} />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

const SIGNS: Record<PersonRow['state'], { icon: IconName; tone: string }> = {
    active: { icon: 'check', tone: 'ok' },
    locked: { icon: 'lock', tone: 'danger' },
    suspended: { icon: 'hold', tone: 'warn' },
    closed: { icon: 'x', tone: 'plain' },
};

/** The state in a word, with its sign and colour; and whether one administers. */
export function State({ person }: { person: PersonRow }) {
    const { t } = useLingui();
    const words: Record<PersonRow['state'], string> = {
        active: t`Active`,
        locked: t`Locked`,
        suspended: t`May only read`,
        closed: t`Closed`,
    };
    const { icon, tone } = SIGNS[person.state];
    return (
        <span className="row wrap">
            <span className={`tag ${tone}`}>
                <Icon name={icon} size={14} />
                {words[person.state]}
            </span>
            {person.admin ? (
                <span className="tag key">
                    <Icon name="key" size={14} />
                    {t`Administrator`}
                </span>
            ) : null}
        </span>
    );
}
