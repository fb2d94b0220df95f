import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { type ChatPreview, type Home, type Trouble, troubleOf } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { go, href, useRoute } from '../../../ui/route.ts';
import { useAct } from '../../../ui/useAct.ts';
import { type InvitationLink, readLink } from '../model/invitationLink.ts';

const REASON_MAX = 300;

/** Where a link into a group leads: what it is, and the one thing that can be done. */
export function JoinPage({ home }: { home: Home }) {
    const { t } = useLingui();
    const { path, query } = useRoute();
    const link = readLink(path, query);
    return (
        <section className="room" id="room" tabIndex={-1} aria-label={t`Link into a group`}>
            {link ? (
                <Linked key={link.chatId} home={home} link={link} />
            ) : (
                <div className="empty">
                    <h2>
                        <Trans>This link leads nowhere</Trans>
                    </h2>
                    <p>
                        <Trans>Part of it is missing. Ask for it again.</Trans>
                    </p>
                </div>
            )}
        </section>
    );
}

function Linked({ home, link }: { home: Home; link: InvitationLink }) {
    const { t } = useLingui();
    const [preview, setPreview] = useState<ChatPreview>();
    const [trouble, setTrouble] = useState<Trouble>();
    // biome-ignore lint/correctness/useExhaustiveDependencies: a link is known by its chat.
    const look = useCallback(() => {
        home.personal
            .preview(link.chatId, link.via)
            .then(setPreview, (fault: unknown) => setTrouble(troubleOf(fault)));
    }, [home, link.chatId]);
    useEffect(look, [look]);
    if (!preview) {
        return (
            <div className="empty">
                {trouble ? <Fault trouble={trouble} /> : <p role="status">{t`One moment`}</p>}
            </div>
        );
    }
    const count = preview.memberCount;
    return (
        <div className="empty">
            <Icon name="people" size={32} />
            <h2>
                <bdi>{preview.name || t`A group`}</bdi>
            </h2>
            {count ? (
                <p>
                    <Plural value={count} one="# person" other="# people" />
                </p>
            ) : null}
            {preview.description ? <p>{preview.description}</p> : null}
            <Way home={home} link={link} preview={preview} onDone={look} />
        </div>
    );
}

interface WayProps {
    home: Home;
    link: InvitationLink;
    preview: ChatPreview;
    onDone: () => void;
}

function Way({ home, link, preview, onDone }: WayProps) {
    const { t } = useLingui();
    const [reason, setReason] = useState('');
    const { personal } = home;
    const join = useAct(async () => {
        await personal.joinByLink(link.chatId, link.via);
        go(href('chat', link.chatId));
    });
    const ask = useAct(async () => {
        await personal.askToJoin(link.chatId, link.via, reason.trim());
        onDone();
    });
    switch (preview.state) {
        case 'member':
        case 'invited':
            return (
                <Button look="main" onPress={() => go(href('chat', link.chatId))}>
                    <Trans>Open the chat</Trans>
                </Button>
            );
        case 'asked':
            return (
                <p role="status">
                    <Trans>
                        You have asked to be let in. Once a member does, the chat stands in your
                        list.
                    </Trans>
                </p>
            );
        case 'closed':
            return (
                <p>
                    <Trans>Only who is invited gets in. Ask a member to invite you.</Trans>
                </p>
            );
        case 'may-join':
            return (
                <>
                    <Button look="main" isDisabled={join.busy} onPress={() => void join.run()}>
                        <Trans>Join</Trans>
                    </Button>
                    <Fault trouble={join.trouble} />
                </>
            );
        case 'may-ask':
            return (
                <>
                    <label className="field">
                        <span className="label">{t`Say who you are, if they don’t know you`}</span>
                        <textarea
                            className="input"
                            rows={2}
                            maxLength={REASON_MAX}
                            value={reason}
                            onChange={(event) => setReason(event.target.value)}
                        />
                    </label>
                    <Button look="main" isDisabled={ask.busy} onPress={() => void ask.run()}>
                        <Trans>Ask to be let in</Trans>
                    </Button>
                    <Fault trouble={ask.trouble} />
                </>
            );
    }
}
