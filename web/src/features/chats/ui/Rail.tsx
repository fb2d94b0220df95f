import { useLingui } from '@lingui/react/macro';
import type { Home } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { Mark } from '../../../ui/Mark.tsx';
import { href } from '../../../ui/route.ts';
import { useView } from '../../../ui/useView.ts';
import { plainName } from '../../timeline/index.ts';

export type Place = 'chats' | 'people' | 'starred' | 'archived' | 'settings';

/** The parts of the client, at the side; on a phone at the foot. */
export function Rail({ home, place }: { home: Home; place: Place }) {
    const { t } = useLingui();
    const me = useView(home.me);
    const { unread } = useView(home.chats);
    const name = plainName(me.name);
    const item = (to: Place, icon: IconName, words: string, wide = false) => (
        <li className={wide ? 'only-wide' : undefined}>
            <a
                className="in"
                href={href(to)}
                aria-current={place === to ? 'page' : undefined}
                title={words}
            >
                <Icon name={icon} size={24} />
                <span className="name">{words}</span>
                {place === to ? null : <span className="sr">{words}</span>}
                {to === 'chats' && unread > 0 ? (
                    <span className="count">
                        {unread > 99 ? '99+' : unread}
                        <span className="sr"> {t`unread`}</span>
                    </span>
                ) : null}
            </a>
        </li>
    );
    return (
        <nav className="rail" aria-label={t`Main`}>
            <Mark size={38} />
            <ul>
                {item('chats', 'chats', t`Chats`)}
                {item('people', 'people', t`People`)}
                {item('starred', 'star', t`Starred`)}
                {item('archived', 'archive', t`Archived`, true)}
            </ul>
            <ul>
                {item('settings', 'gear', t`Settings`)}
                <li className="only-wide">
                    <a className="in" href={href('settings')} title={t`You: ${name}`}>
                        <Avatar
                            name={name}
                            tone={me.tone}
                            size="s"
                            src={home.media.thumbnailUrl(me.avatarMxc, 64, 64)}
                        />
                        <span className="sr">{t`You: ${name}`}</span>
                    </a>
                </li>
            </ul>
        </nav>
    );
}
