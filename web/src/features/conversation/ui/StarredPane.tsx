import { useLingui } from '@lingui/react/macro';
import { useMemo } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { href } from '../../../ui/route.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { useView } from '../../../ui/useView.ts';
import { useChatName } from '../../chats/index.ts';
import { readStarred, STARRED, type Star } from '../../message-actions/index.ts';
import { inOneLine, listTime, plainName } from '../../timeline/index.ts';
import { useMessage } from './useMessage.ts';

/** Starred messages of all chats, the newest star first. */
export function StarredPane({ home }: { home: Home }) {
    const { t } = useLingui();
    const view = useMemo(() => home.accountData.view<unknown>(STARRED), [home]);
    const stars = readStarred(useView(view));
    return (
        <section className="list" aria-label={t`Starred`}>
            <div className="list-head">
                <h2 className="title">{t`Starred`}</h2>
            </div>
            {stars.length === 0 ? (
                <p className="list-note">
                    {t`Star a message to find it here again. Only you see your stars.`}
                </p>
            ) : (
                <ul className="chats">
                    {stars.map((star) => (
                        <StarRow key={star.event} home={home} star={star} />
                    ))}
                </ul>
            )}
        </section>
    );
}

function StarRow({ home, star }: { home: Home; star: Star }) {
    const { t } = useLingui();
    const locale = useLocale();
    const chat = home.chats.get(star.room);
    const name = useChatName(chat);
    const message = useMessage(home, star.room, star.event);
    if (!chat) return null;
    const who = message ? (message.own ? t`You` : plainName(message.sender.name)) : '';
    return (
        <li>
            <a className="chat-row in" href={href('chat', star.room, star.event)}>
                <Avatar
                    name={name}
                    tone={chat.tone}
                    group={!chat.isDirect}
                    src={home.media.thumbnailUrl(chat.avatarMxc, 88, 88)}
                />
                <span className="name">
                    <bdi className="clip">{name}</bdi>
                </span>
                <time>{message ? listTime(message.time, Date.now(), locale) : ''}</time>
                <span className="last">
                    <Icon name="star" size={16} />
                    <span className="clip" dir="auto">
                        {message ? `${who}: ${inOneLine(message)}` : ''}
                    </span>
                </span>
            </a>
        </li>
    );
}
