import { Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { type ChatSummary, type Home, troubleOf } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { go, href } from '../../../ui/route.ts';
import { notice } from '../../../ui/toasts.ts';
import { useChatName } from '../../chats/index.ts';
import { plainName, troubleLine } from '../../timeline/index.ts';

/** Somebody asks one into a chat. Nothing is shown to them before one accepts. */
export function Invitation({ home, chat }: { home: Home; chat: ChatSummary }) {
    const { t } = useLingui();
    const name = useChatName(chat);
    const [busy, setBusy] = useState(false);
    const who = chat.invitedBy;
    const inviter = plainName(who?.name ?? '');
    const outside = who !== undefined && domain(who.id) !== domain(home.me.snapshot().id);
    const run = (act: Promise<void>, after?: () => void) => {
        setBusy(true);
        act.then(after, (fault: unknown) => notice(troubleLine(troubleOf(fault)))).finally(() =>
            setBusy(false),
        );
    };
    return (
        <div className="empty">
            <a className="btn btn-quiet back-text" href={href('chats')}>
                <Trans>Back to chats</Trans>
            </a>
            <Avatar name={name} tone={chat.tone} size="l" group={!chat.isDirect} />
            <h2>
                {chat.isDirect
                    ? t`${inviter} wants to write to you`
                    : t`${inviter} invites you to “${name}”`}
            </h2>
            <p>
                {who?.id}
                {outside ? (
                    <>
                        <br />
                        <Trans>This person is from outside your organisation.</Trans>
                    </>
                ) : null}
            </p>
            <div className="row wrap">
                <Button
                    isDisabled={busy}
                    onPress={() => run(home.chats.decline(chat.id), () => go(href('chats')))}
                >
                    <Trans>Decline</Trans>
                </Button>
                <Button
                    look="main"
                    isDisabled={busy}
                    onPress={() => run(home.chats.accept(chat.id))}
                >
                    <Trans>Accept</Trans>
                </Button>
            </div>
        </div>
    );
}

function domain(id: string): string {
    return id.slice(id.indexOf(':') + 1);
}
