import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { DetailedMember, DetailsSnapshot, Home, KeptRecord } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { Panel, Part } from '../../../ui/Panel.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { useView } from '../../../ui/useView.ts';
import { plainName } from '../../timeline/index.ts';
import { type Readers, readersOf } from '../model/readers.ts';
import { PersonRow } from './PersonRow.tsx';
import { useDetails } from './useDetails.ts';

const FIRST = 5;

/** The one question that this client answers everywhere, from what is so and no more. */
export function WhoPanel({ home, chatId }: { home: Home; chatId: string }) {
    const { t } = useLingui();
    const details = useDetails(home, chatId);
    return (
        <Panel chatId={chatId} title={t`Who can read this?`}>
            {details ? <Answer home={home} view={details} /> : null}
        </Panel>
    );
}

function Answer({ home, view }: { home: Home; view: NonNullable<ReturnType<typeof useDetails>> }) {
    const { t } = useLingui();
    const details = useView(view);
    if (!details.ready) {
        return <p role="status">{t`Looking who is here`}</p>;
    }
    const readers = readersOf(details);
    return (
        <>
            <p className="answer">
                <InOneSentence readers={readers} />
            </p>
            <Group
                home={home}
                icon="people"
                title={t`Colleagues`}
                people={readers.colleagues}
                more={details.more}
            />
            <Group home={home} icon="door" title={t`From outside`} people={readers.outside} />
            <Group
                home={home}
                icon="letter"
                title={t`Invited, not yet here`}
                people={details.invited}
            />
            <Devices readers={readers} encrypted={details.encrypted} />
            {details.record ? <Records record={details.record} /> : null}
            <Encryption details={details} />
            <Part icon={<Icon name="door" />} title={t`Who may join`}>
                <p>
                    <WhoMayJoin details={details} />
                </p>
            </Part>
            <Part icon={<Icon name="clock" />} title={t`Who joins later`}>
                <p>
                    <FromWhen details={details} />
                </p>
            </Part>
            <NoPromise readers={readers} />
        </>
    );
}

/** Who reads besides the members, and only so: the archive is a named recipient. */
function Records({ record }: { record: KeptRecord }) {
    const { t } = useLingui();
    const locale = useLocale();
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    return (
        <>
            <Part icon={<Icon name="seal" />} title={t`Records`}>
                <p>
                    <Trans>
                        Kept as a record, sealed. The archive is a member, so that every device
                        encrypts for it too; nobody holds its key alone. Only a quorum of custodians
                        together can open it, for a case that two people sign and the public log
                        shows.
                    </Trans>
                </p>
                <p>
                    <Trans>Deleting a message removes it from devices, not from the record.</Trans>
                </p>
            </Part>
            <Part icon={<Icon name="scales" />} title={t`Openings`} count={record.openings.length}>
                {record.openings.length === 0 ? (
                    <p>
                        <Trans>
                            Nobody was told of an opening here. A case may name a later day on which
                            members are told, with a reason.
                        </Trans>
                    </p>
                ) : null}
                <ul className="facts">
                    {record.openings.map((one) => (
                        <li key={one.id}>
                            <Icon name="scales" />
                            <span>
                                <bdi>{one.article}</bdi>
                                <br />
                                <Trans>
                                    {day.format(one.from)} to {day.format(one.until)}
                                </Trans>
                            </span>
                        </li>
                    ))}
                </ul>
            </Part>
        </>
    );
}

function InOneSentence({ readers }: { readers: Readers }) {
    const { people, devices } = readers;
    if (readers.beyond === 'anyone') {
        return (
            <Trans>
                <b>Anyone</b> who knows the address of this chat, and those who run the server. It
                is not encrypted.
            </Trans>
        );
    }
    const who = <Plural value={people} one="# person" other="# people" />;
    if (readers.beyond === 'server') {
        return (
            <Trans>
                <b>{who}</b>, and <b>those who run the server</b>: this chat is not encrypted.
            </Trans>
        );
    }
    if (readers.devicesOf !== 'all') {
        return readers.archive ? (
            <Trans>
                <b>{who}</b>, and <b>the sealed archive</b>, which only custodians together can
                open.
            </Trans>
        ) : (
            <Trans>
                <b>{who}</b>, and nobody else.
            </Trans>
        );
    }
    const onDevices = <Plural value={devices} one="# device" other="# devices" />;
    if (readers.archive) {
        return (
            <Trans>
                <b>{who}</b>, on {onDevices}; and <b>the sealed archive</b>, which only custodians
                together can open.
            </Trans>
        );
    }
    return (
        <Trans>
            <b>{who}</b>, on {onDevices}.
        </Trans>
    );
}

interface GroupProps {
    home: Home;
    icon: 'people' | 'door' | 'letter';
    title: string;
    people: readonly DetailedMember[];
    /** Further people that are not listed at all. */
    more?: number;
}

/** The first few, and the others on demand. Nothing where there is nobody. */
function Group({ home, icon, title, people, more = 0 }: GroupProps) {
    const [all, setAll] = useState(false);
    if (people.length === 0) {
        return null;
    }
    const shown = all ? people : people.slice(0, FIRST);
    const hidden = people.length - shown.length;
    return (
        <Part icon={<Icon name={icon} />} title={title} count={people.length + more}>
            <ul>
                {shown.map((member) => (
                    <PersonRow key={member.id} home={home} member={member} />
                ))}
            </ul>
            {hidden > 0 ? (
                <p>
                    <button type="button" className="link" onClick={() => setAll(true)}>
                        <Plural value={hidden} one="# more" other="# more" />
                    </button>
                </p>
            ) : null}
            {all && more > 0 ? (
                <p className="muted">
                    <Plural
                        value={more}
                        one="# more person is not listed here."
                        other="# more people are not listed here."
                    />
                </p>
            ) : null}
        </Part>
    );
}

function Devices({ readers, encrypted }: { readers: Readers; encrypted: boolean }) {
    const { t } = useLingui();
    if (!encrypted) {
        return null;
    }
    if (readers.devicesOf === 'none') {
        return (
            <Part icon={<Icon name="laptop" />} title={t`Devices`}>
                <p role="status">{t`Looking at their devices`}</p>
            </Part>
        );
    }
    const { devices, unconfirmed } = readers;
    const names = unconfirmed.slice(0, FIRST).map(({ owner, device }) => ({
        key: `${owner.id} ${device.id}`,
        who: plainName(owner.name),
        what: plainName(device.name),
    }));
    return (
        <Part icon={<Icon name="laptop" />} title={t`Devices`} count={devices + unconfirmed.length}>
            <ul className="facts">
                <li>
                    <Icon name="check" className="good" />
                    <span>
                        <Plural
                            value={devices}
                            one="# is confirmed by its owner."
                            other="# are confirmed by their owners."
                        />
                    </span>
                </li>
                {unconfirmed.length > 0 ? (
                    <li>
                        <Icon name="warn" className="alert" />
                        <span>
                            <b>
                                <Plural
                                    value={unconfirmed.length}
                                    one="# is not confirmed"
                                    other="# are not confirmed"
                                />
                            </b>{' '}
                            <Trans>and gets no keys from this device:</Trans>{' '}
                            {names.map(({ key, who, what }, at) => (
                                <span key={key}>
                                    {at > 0 ? '; ' : ''}
                                    <bdi>{who}</bdi>, <bdi>{what}</bdi>
                                </span>
                            ))}
                            {unconfirmed.length > names.length ? ' …' : '.'}
                        </span>
                    </li>
                ) : null}
            </ul>
            {readers.devicesOf === 'some' ? (
                <p className="muted">
                    <Trans>Only the devices of the people listed here were looked at.</Trans>
                </p>
            ) : null}
        </Part>
    );
}

function Encryption({ details }: { details: DetailsSnapshot }) {
    const { t } = useLingui();
    const { encrypted, servers } = details;
    const others = servers.slice(0, FIRST).join(', ');
    return (
        <Part icon={<Icon name="server" />} title={t`Those who run the server`}>
            <p>
                {encrypted ? (
                    <Trans>
                        See who is a member, the name, picture and description of the chat, when
                        messages are sent, how large they are, and reactions. Not what is written.
                    </Trans>
                ) : (
                    <Trans>See everything, also what is written.</Trans>
                )}
            </p>
            {servers.length > 0 ? (
                <p>
                    <Trans>
                        Members are of other servers too; the same is true of those who run these:{' '}
                        <b>{others}</b>
                    </Trans>
                    {servers.length > FIRST ? ' …' : '.'}
                </p>
            ) : null}
        </Part>
    );
}

export function WhoMayJoin({ details }: { details: DetailsSnapshot }) {
    switch (details.access) {
        case 'invited':
            return <Trans>Only who is invited by a member who may invite.</Trans>;
        case 'asking':
            return (
                <Trans>
                    Who is invited; and who has the link may ask, and is in once a member who may
                    invite lets them in.
                </Trans>
            );
        case 'members-elsewhere':
            return <Trans>Who is invited, and members of certain other chats.</Trans>;
        case 'anyone':
            return <Trans>Anyone who knows the address of this chat.</Trans>;
    }
}

export function FromWhen({ details }: { details: DetailsSnapshot }) {
    const { history, encrypted } = details;
    if (history === 'anyone') {
        return <Trans>May read all that was said, as may anyone who does not join.</Trans>;
    }
    if (history === 'joined') {
        return <Trans>Reads from the moment of joining, and nothing from before.</Trans>;
    }
    if (history === 'invited') {
        return <Trans>Reads from the moment of the invitation, and nothing from before.</Trans>;
    }
    return encrypted ? (
        <Trans>
            Sees that messages were sent before. To read them takes their keys, which a member’s
            device may hand over with the invitation.
        </Trans>
    ) : (
        <Trans>May read all that was said before.</Trans>
    );
}

function NoPromise({ readers }: { readers: Readers }) {
    const { t } = useLingui();
    return (
        <Part icon={<Icon name="warn" />} title={t`What we can’t promise`}>
            <ul className="facts">
                <li>
                    <Icon name="eye" />
                    <span>
                        <Trans>Any member can photograph a screen.</Trans>
                    </span>
                </li>
                {readers.beyond === 'nobody' ? (
                    <li>
                        <Icon name="server" />
                        <span>
                            <Trans>
                                An operator who attacks could reach future messages of programs that
                                accept unconfirmed devices. It shows in the list of devices.
                            </Trans>
                        </span>
                    </li>
                ) : null}
                <li>
                    <Icon name="trash" />
                    <span>
                        <Trans>
                            When a message is deleted, members’ devices are told to remove it. A
                            program that does not obey keeps it.
                        </Trans>
                    </span>
                </li>
            </ul>
        </Part>
    );
}
