import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ChatView, Home, Message } from '../../../matrix/index.ts';
import { troubleOf } from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { SearchBox } from '../../../ui/fields.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { notice } from '../../../ui/toasts.ts';
import { useView } from '../../../ui/useView.ts';
import { inOneLine, plainName, troubleLine } from '../../timeline/index.ts';

const CHATS_MAX = 5;
const SHOWN_MAX = 50;

interface ForwardDialogProps {
    home: Home;
    view: ChatView;
    messages: readonly Message[];
    onClose: () => void;
}

/** Sends messages on to other chats. */
export function ForwardDialog({ home, view, messages, onClose }: ForwardDialogProps) {
    const { t } = useLingui();
    useView(home.chats);
    const [words, setWords] = useState('');
    const [chosen, setChosen] = useState<readonly string[]>([]);
    const [busy, setBusy] = useState(false);
    const chats = home.chats
        .filtered('all', words)
        .filter((chat) => chat.membership === 'join')
        .slice(0, SHOWN_MAX);
    const from = view.snapshot().chat;
    const leavesEncryption =
        from?.encrypted === true && chosen.some((id) => home.chats.get(id)?.encrypted === false);
    const send = async () => {
        setBusy(true);
        try {
            for (const message of [...messages].sort((a, b) => a.time - b.time)) {
                await view.forward(message.id, chosen);
            }
            notice(t`Forwarded.`);
            onClose();
        } catch (fault) {
            notice(troubleLine(troubleOf(fault)));
            setBusy(false);
        }
    };
    const toggle = (id: string) =>
        setChosen(
            chosen.includes(id)
                ? chosen.filter((each) => each !== id)
                : [...chosen, id].slice(0, CHATS_MAX),
        );
    const only = messages.length === 1 ? messages[0] : undefined;
    return (
        <Dialog
            title={t`Forward`}
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="main"
                        icon="send"
                        isDisabled={busy || chosen.length === 0}
                        onPress={() => void send()}
                    >
                        <Plural
                            value={chosen.length}
                            _0="Choose a chat"
                            one="Forward to # chat"
                            other="Forward to # chats"
                        />
                    </Button>
                </>
            }
        >
            <p className="quote" dir="auto">
                {only ? (
                    inOneLine(only)
                ) : (
                    <Plural value={messages.length} one="# message" other="# messages" />
                )}
            </p>
            <SearchBox
                label={t`Search chats`}
                placeholder={t`Search chats`}
                value={words}
                onChange={setWords}
            />
            {leavesEncryption ? (
                <p className="note warn">
                    <Icon name="warn" />
                    <Trans>
                        One of these chats is not encrypted. The server could read the message
                        there.
                    </Trans>
                </p>
            ) : null}
            <ul className="pick-list">
                {chats.map((chat) => {
                    const name = plainName(chat.name) || t`Chat without a name`;
                    return (
                        <li key={chat.id}>
                            <label className="pick-row">
                                <input
                                    type="checkbox"
                                    className="check"
                                    checked={chosen.includes(chat.id)}
                                    disabled={
                                        chosen.length >= CHATS_MAX && !chosen.includes(chat.id)
                                    }
                                    onChange={() => toggle(chat.id)}
                                />
                                <Avatar
                                    name={name}
                                    tone={chat.tone}
                                    size="s"
                                    group={!chat.isDirect}
                                    src={home.media.thumbnailUrl(chat.avatarMxc, 64, 64)}
                                />
                                <bdi className="clip">{name}</bdi>
                            </label>
                        </li>
                    );
                })}
            </ul>
        </Dialog>
    );
}
