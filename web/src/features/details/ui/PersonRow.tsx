import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { DetailedMember, Home } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { plainName } from '../../timeline/index.ts';

interface PersonRowProps {
    home: Home;
    member: DetailedMember;
    /** What can be done with the person. */
    children?: ReactNode;
}

/** One person with what they are here. */
export function PersonRow({ home, member, children }: PersonRowProps) {
    const { t } = useLingui();
    const name = plainName(member.name);
    return (
        <li className="person">
            <Avatar
                name={name}
                tone={member.tone}
                size="s"
                src={home.media.thumbnailUrl(member.avatarMxc, 64, 64)}
            />
            <div>
                <p className="name">
                    <bdi>{member.own ? t`You` : name}</bdi>
                </p>
                <p className="sub">
                    <bdi>{member.id}</bdi>
                </p>
                <p className="sub">
                    <About member={member} />
                </p>
            </div>
            {children}
        </li>
    );
}

function About({ member }: { member: DetailedMember }) {
    const locale = useLocale();
    const { since, membership, role } = member;
    const day = since ? new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(since) : '';
    if (membership === 'invite') {
        return day ? <Trans>Invited on {day}</Trans> : <Trans>Invited</Trans>;
    }
    if (membership === 'ask') {
        return day ? <Trans>Asked on {day}</Trans> : <Trans>Asks to be let in</Trans>;
    }
    return (
        <>
            {role === 'owner' ? <Trans>Administrator.</Trans> : null}
            {role === 'moderator' ? <Trans>Moderator.</Trans> : null}{' '}
            {day ? <Trans>Since {day}</Trans> : null}
        </>
    );
}
