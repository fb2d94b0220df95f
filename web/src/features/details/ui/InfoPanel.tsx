import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type {
    ChatDetails,
    ChatSummary,
    ChatView,
    DetailsSnapshot,
    Home,
} from '../../../matrix/index.ts';
import { Avatar } from '../../../ui/Avatar.tsx';
import { Button } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Panel, Part } from '../../../ui/Panel.tsx';
import { PictureButton } from '../../../ui/PictureButton.tsx';
import { go, href } from '../../../ui/route.ts';
import { useView } from '../../../ui/useView.ts';
import { LeaveDialog, useChatName } from '../../chats/index.ts';
import { AccessPart } from './AccessPart.tsx';
import { EditDialog } from './EditDialog.tsx';
import { LinkPart } from './LinkPart.tsx';
import { Members } from './Members.tsx';
import { MutePart } from './MutePart.tsx';
import { ReportDialog } from './ReportDialog.tsx';
import { useDetails } from './useDetails.ts';

/** All about a chat but its messages. */
export function InfoPanel({ home, chatId }: { home: Home; chatId: string }) {
    const { t } = useLingui();
    const details = useDetails(home, chatId);
    useView(home.chats);
    const chat = home.chats.get(chatId);
    const title = chat?.isDirect ? t`About this chat` : t`About this group`;
    return (
        <Panel chatId={chatId} title={title}>
            {details && chat ? <Info home={home} chat={chat} details={details} /> : null}
        </Panel>
    );
}

interface InfoProps {
    home: Home;
    chat: ChatSummary;
    details: ChatDetails;
}

function Info({ home, chat, details }: InfoProps) {
    const { t } = useLingui();
    const snapshot = useView(details);
    const view = useChat(home, chat.id);
    const [layer, setLayer] = useState<'leave' | 'report'>();
    const close = () => setLayer(undefined);
    const other = chat.isDirect ? chat.other : undefined;
    if (!view) {
        return null;
    }
    return (
        <>
            <Head home={home} chat={chat} view={view} snapshot={snapshot} />
            <Doors chatId={chat.id} />
            <MutePart chats={home.chats} chat={chat} />
            {chat.isDirect ? null : (
                <>
                    <Members home={home} view={view} details={details} />
                    <LinkPart details={details} chatId={chat.id} me={home.me.snapshot().id} />
                    <AccessPart details={details} />
                </>
            )}
            <Part title={t`If something is wrong`}>
                <div className="row wrap">
                    {other ? <BlockButton home={home} personId={other.id} /> : null}
                    <Button small icon="warn" onPress={() => setLayer('report')}>
                        <Trans>Report</Trans>
                    </Button>
                    <Button small icon="door" onPress={() => setLayer('leave')}>
                        <Trans>Leave the chat</Trans>
                    </Button>
                </div>
            </Part>
            {layer === 'leave' ? (
                <LeaveDialog chats={home.chats} chat={chat} onClose={close} />
            ) : null}
            {layer === 'report' ? (
                <ReportDialog
                    onReport={(reason) =>
                        other
                            ? home.personal.reportPerson(other.id, reason)
                            : home.personal.reportChat(chat.id, reason)
                    }
                    onClose={close}
                />
            ) : null}
        </>
    );
}

function useChat(home: Home, chatId: string): ChatView | undefined {
    const [view, setView] = useState<ChatView>();
    useEffect(() => {
        if (!home.chats.get(chatId)) return;
        const made = home.chat(chatId);
        setView(made);
        return () => made.close();
    }, [home, chatId]);
    return view;
}

interface HeadProps {
    home: Home;
    chat: ChatSummary;
    view: ChatView;
    snapshot: DetailsSnapshot;
}

function Head({ home, chat, view, snapshot }: HeadProps) {
    const { t } = useLingui();
    const name = useChatName(chat);
    const [editing, setEditing] = useState<'name' | 'description'>();
    const { can, description } = snapshot;
    const people = snapshot.members.length + snapshot.more;
    return (
        <div className="about-head stack-2">
            <Avatar
                name={name}
                tone={chat.tone}
                group={!chat.isDirect}
                size="l"
                src={home.media.thumbnailUrl(chat.avatarMxc, 128, 128)}
            />
            <p className="answer">
                <bdi>{name}</bdi>
            </p>
            <p className="muted">
                {chat.isDirect ? (
                    <bdi>{chat.other?.id}</bdi>
                ) : (
                    <Plural value={people} one="# person" other="# people" />
                )}
            </p>
            {description ? <p className="said">{description}</p> : null}
            {chat.isDirect ? null : (
                <div className="row wrap">
                    {can.rename ? (
                        <Button small icon="edit" onPress={() => setEditing('name')}>
                            <Trans>Change the name</Trans>
                        </Button>
                    ) : null}
                    {can.describe ? (
                        <Button small icon="edit" onPress={() => setEditing('description')}>
                            {description ? (
                                <Trans>Change the description</Trans>
                            ) : (
                                <Trans>Add a description</Trans>
                            )}
                        </Button>
                    ) : null}
                </div>
            )}
            {!chat.isDirect && can.picture ? (
                <PictureButton
                    has={snapshot.avatarMxc !== undefined}
                    onPicture={(picture) => view.setPicture(picture)}
                />
            ) : null}
            {editing === 'name' ? (
                <EditDialog
                    title={t`Name of the group`}
                    value={chat.name}
                    onSave={(text) => view.setName(text)}
                    onClose={() => setEditing(undefined)}
                />
            ) : null}
            {editing === 'description' ? (
                <EditDialog
                    title={t`Description`}
                    long
                    value={description}
                    onSave={(text) => view.setTopic(text)}
                    onClose={() => setEditing(undefined)}
                />
            ) : null}
        </div>
    );
}

function Doors({ chatId }: { chatId: string }) {
    const { t } = useLingui();
    const doors = [
        ['who', 'eye', t`Who can read this?`],
        ['media', 'file', t`Photos, links and files`],
        ['find', 'search', t`Search in this chat`],
    ] as const;
    return (
        <ul className="doors">
            {doors.map(([name, icon, words]) => (
                <li key={name}>
                    <button
                        type="button"
                        className="door in"
                        onClick={() => go(href('chat', chatId, 'panel', name))}
                    >
                        <Icon name={icon} />
                        <span className="grow">{words}</span>
                        <Icon name="right" size={16} />
                    </button>
                </li>
            ))}
        </ul>
    );
}

function BlockButton({ home, personId }: { home: Home; personId: string }) {
    const blocked = useView(home.personal.blocked).some((person) => person.id === personId);
    return (
        <Button small icon="eyeoff" onPress={() => void home.personal.block(personId, !blocked)}>
            {blocked ? <Trans>Take back the block</Trans> : <Trans>Block</Trans>}
        </Button>
    );
}
