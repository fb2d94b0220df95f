import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { ChatView, Home } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useView } from '../../../ui/useView.ts';
import { useChatName } from '../../chats/index.ts';
import {
    type Chosen,
    Composer,
    chooseNothing,
    FilesDialog,
    rewrite,
    takeUp,
    useDesk,
    useDrop,
} from '../../composer/index.ts';
import { SelectionBar, useDeleting } from '../../message-actions/index.ts';
import { Timeline } from '../../timeline/index.ts';
import { ChatHead } from './ChatHead.tsx';
import { Invitation } from './Invitation.tsx';
import { MessageViewer } from './MessageViewer.tsx';
import { PinnedBar } from './PinnedBar.tsx';
import { useChatView } from './useChatView.ts';
import { useKeepsakes } from './useKeepsakes.ts';
import { useMessageActs } from './useMessageActs.tsx';

export interface ConversationProps {
    home: Home;
    chatId: string;
    /** A message to be led to. */
    messageId?: string | undefined;
    /** Buttons of the head that belong to other features, such as "Who can read this?". */
    headButtons?: ReactNode;
    /** A banner above the messages; the connection's, the record's. */
    banner?: ReactNode;
}

/** One chat: head, messages, composer. */
export function Conversation(props: ConversationProps) {
    const { t } = useLingui();
    const view = useChatView(props.home, props.chatId);
    return (
        <section className="room" id="room" tabIndex={-1} aria-label={t`Conversation`}>
            {view ? <OpenChat key={view.id} {...props} view={view} /> : <NotThere {...props} />}
        </section>
    );
}

/** A chat that one left, or an address that leads nowhere; silent while the list is still coming. */
function NotThere({ home, chatId }: ConversationProps) {
    const { ready } = useView(home.chats);
    if (!ready || home.chats.get(chatId)) return null;
    return (
        <div className="empty">
            <h2>
                <Trans>This chat is not there</Trans>
            </h2>
            <p>
                <Trans>You may have left it, or somebody removed you from it.</Trans>
            </p>
        </div>
    );
}

function OpenChat({
    home,
    view,
    messageId,
    headButtons,
    banner,
}: ConversationProps & { view: ChatView }) {
    const snapshot = useView(view);
    useView(home.chats);
    const chat = snapshot.chat ?? home.chats.get(view.id);
    const name = useChatName(chat);
    useEffect(() => {
        if (messageId) void view.jumpTo({ to: 'message', id: messageId });
    }, [view, messageId]);
    useTitle(name);
    if (chat?.membership === 'invite') return <Invitation home={home} chat={chat} />;
    return (
        <>
            <ChatHead home={home} view={view} buttons={headButtons} />
            {banner}
            <PinnedBar view={view} />
            <Talk home={home} view={view} />
        </>
    );
}

function useTitle(name: string): void {
    useEffect(() => {
        if (!name) return;
        const before = document.title;
        document.title = `${name} – Chancery`;
        return () => {
            document.title = before;
        };
    }, [name]);
}

function Talk({ home, view }: { home: Home; view: ChatView }) {
    const me = useView(home.me).id;
    const desk = useDesk(view.id);
    const deleting = useDeleting((state) => state.keys);
    const { hidden, starred } = useKeepsakes(home, view.id);
    const field = useRef<HTMLTextAreaElement>(null);
    const [files, setFiles] = useState<readonly Chosen[]>([]);
    const choose = (chosen: readonly File[]) =>
        setFiles(chosen.map((file) => ({ file, caption: '' })));
    const drop = useDrop(choose);
    useEffect(() => {
        // Without them one chooses again; what was kept of them is gone or broken.
        takeUp(view.id).then(
            (kept) => kept.length > 0 && setFiles(kept),
            () => undefined,
        );
    }, [view.id]);
    const acts = useMessageActs({ home, view, starred, field });
    useEffect(() => {
        // On a phone the keyboard would cover what one came to read.
        if (matchMedia('(hover: hover)').matches) field.current?.focus();
    }, []);
    const editLast = () => {
        const last = view.snapshot().messages.findLast((each) => each.own && each.can.edit);
        if (last) rewrite(view.id, last);
    };
    return (
        <div className="talk" {...drop.handlers}>
            <Timeline
                view={view}
                media={home.media}
                me={me}
                hidden={hidden}
                starred={starred}
                deleting={deleting}
                selected={desk.selected}
                onMenu={acts.openMenu}
                onToggle={acts.toggle}
                onReact={acts.react}
                onWordings={acts.showWordings}
                onMedia={acts.showMedia}
                onReply={acts.reply}
                onKey={acts.onKey}
            />
            {desk.selected ? (
                <SelectionBar
                    count={desk.selected.size}
                    canDelete={[...desk.selected.values()].every((each) => each.can.delete)}
                    onAct={acts.actOnSelected}
                    onClose={() => chooseNothing(view.id)}
                />
            ) : (
                <Composer view={view} field={field} onFiles={choose} onEditLast={editLast} />
            )}
            {drop.over ? (
                <div className="drop-here" aria-hidden="true">
                    <Icon name="clip" size={32} />
                    <Trans>Let go to send the files here</Trans>
                </div>
            ) : null}
            {files.length > 0 ? (
                <FilesDialog view={view} files={files} onClose={() => setFiles([])} />
            ) : null}
            {acts.shown ? (
                <MessageViewer
                    media={home.media}
                    view={view}
                    message={acts.shown}
                    onClose={acts.hideMedia}
                />
            ) : null}
            {acts.layers}
        </div>
    );
}
