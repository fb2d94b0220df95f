import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type ReactNode, type RefObject, useRef, useState } from 'react';
import { type ChatView, type Home, type Message, troubleOf } from '../../../matrix/index.ts';
import { singleKeysOn } from '../../../ui/singleKeys.ts';
import { notice, undoable } from '../../../ui/toasts.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { answer, choose, chooseNothing, deskOf, rewrite } from '../../composer/index.ts';
import {
    copied,
    ForwardDialog,
    hide,
    InfoDialog,
    type MessageAct,
    MessageMenu,
    ReactionPopover,
    setDeleting,
    star,
    unhide,
    WordingsDialog,
} from '../../message-actions/index.ts';
import { fullMoment, troubleLine } from '../../timeline/index.ts';

interface Input {
    home: Home;
    view: ChatView;
    starred: ReadonlySet<string>;
    field: RefObject<HTMLTextAreaElement | null>;
}

type Layer =
    | { readonly kind: 'menu' | 'react' | 'info' | 'wordings' | 'media'; readonly message: Message }
    | { readonly kind: 'forward'; readonly messages: readonly Message[] };

/** What happens when something is done with messages, and the dialogs that belong to it. */
export function useMessageActs({ home, view, starred, field }: Input) {
    const { t } = useLingui();
    const locale = useLocale();
    const [layer, setLayer] = useState<Layer>();
    const anchor = useRef<HTMLElement>(null);
    const close = () => setLayer(undefined);
    // A menu tells that it closed after the act that was chosen in it, which may have opened a dialog.
    const closeMenu = () => setLayer((now) => (now?.kind === 'menu' ? undefined : now));
    const open = (next: Layer) => {
        if ('message' in next) anchor.current = bubbleOf(next.message);
        setLayer(next);
    };
    const failed = (fault: unknown) => notice(troubleLine(troubleOf(fault)));

    const deleteForAll = (messages: readonly Message[]) => {
        const keys = messages.map((each) => each.key);
        setDeleting(keys, true);
        const count = messages.length;
        undoable({
            text: t`${plural(count, {
                one: 'Deleting your message for everyone',
                other: 'Deleting # messages for everyone',
            })}`,
            detail: t`Members’ devices are told to remove it.`,
            undo: () => setDeleting(keys, false),
            done: () => {
                void Promise.all(messages.map((each) => view.delete(each.id)))
                    .catch(failed)
                    .finally(() => setDeleting(keys, false));
            },
        });
    };
    const deleteForMe = (messages: readonly Message[]) => {
        hide(home.accountData, view.id, messages).catch(failed);
        undoable({
            text: t`${plural(messages.length, { one: 'Deleted for you', other: '# deleted for you' })}`,
            detail: t`The others still see it.`,
            undo: () => void unhide(home.accountData, messages).catch(failed),
            done: () => undefined,
        });
    };
    const copy = (messages: readonly Message[]) => {
        const text = copied(messages, (time) => fullMoment(time, locale));
        navigator.clipboard.writeText(text).then(() => notice(t`Copied.`), failed);
    };
    const reply = (message: Message) => {
        answer(view.id, message);
        requestAnimationFrame(() => field.current?.focus());
    };
    const act = (message: Message, what: MessageAct) => {
        const acts: Record<MessageAct, () => void> = {
            reply: () => reply(message),
            react: () => open({ kind: 'react', message }),
            edit: () => {
                rewrite(view.id, message);
                requestAnimationFrame(() => field.current?.focus());
            },
            copy: () => copy([message]),
            forward: () => open({ kind: 'forward', messages: [message] }),
            star: () => void star(home.accountData, view.id, [message.id], true).catch(failed),
            unstar: () => void star(home.accountData, view.id, [message.id], false).catch(failed),
            pin: () => void view.pin(message.id, true).catch(failed),
            unpin: () => void view.pin(message.id, false).catch(failed),
            info: () => open({ kind: 'info', message }),
            select: () => choose(view.id, message),
            hide: () => deleteForMe([message]),
            delete: () => deleteForAll([message]),
        };
        close();
        acts[what]();
    };
    const react = (message: Message, emoji: string) => {
        view.react(message.id, emoji).catch(failed);
    };
    const actOnSelected = (what: 'copy' | 'forward' | 'star' | 'hide' | 'delete') => {
        const messages = [...(deskOf(view.id).selected?.values() ?? [])];
        chooseNothing(view.id);
        if (what === 'copy') copy(messages);
        else if (what === 'forward') open({ kind: 'forward', messages });
        else if (what === 'hide') deleteForMe(messages);
        else if (what === 'delete') deleteForAll(messages);
        else {
            const ids = messages.map((each) => each.id);
            star(home.accountData, view.id, ids, true).catch(failed);
        }
    };
    const onKey = (message: Message, event: KeyboardEvent): boolean => {
        if (event.key === 'Escape') {
            if (deskOf(view.id).selected) chooseNothing(view.id);
            else field.current?.focus();
            return true;
        }
        if (message.status !== 'sent' || ['deleted', 'locked', 'unknown'].includes(message.kind)) {
            return false;
        }
        if (!singleKeysOn()) return false;
        if (event.key === 'r' && message.can.reply) reply(message);
        else if (event.key === 'e' && message.can.react) open({ kind: 'react', message });
        else return false;
        return true;
    };
    return {
        openMenu: (message: Message) => {
            if (message.status === 'sent') open({ kind: 'menu', message });
        },
        toggle: (message: Message) => {
            if (message.status === 'sent') choose(view.id, message);
        },
        react,
        reply,
        onKey,
        actOnSelected,
        showWordings: (message: Message) => open({ kind: 'wordings', message }),
        showMedia: (message: Message) => open({ kind: 'media', message }),
        hideMedia: close,
        shown: layer?.kind === 'media' ? layer.message : undefined,
        layers: (
            <Layers {...{ home, view, starred, layer, anchor, close, closeMenu, act, react }} />
        ),
    };
}

interface LayersProps extends Omit<Input, 'field'> {
    layer: Layer | undefined;
    anchor: RefObject<HTMLElement | null>;
    close: () => void;
    closeMenu: () => void;
    act: (message: Message, what: MessageAct) => void;
    react: (message: Message, emoji: string) => void;
}

function Layers({
    home,
    view,
    starred,
    layer,
    anchor,
    close,
    closeMenu,
    act,
    react,
}: LayersProps): ReactNode {
    switch (layer?.kind) {
        case 'menu':
            return (
                <MessageMenu
                    message={layer.message}
                    starred={starred.has(layer.message.id)}
                    anchor={anchor}
                    onAct={(what) => act(layer.message, what)}
                    onClose={closeMenu}
                />
            );
        case 'react':
            return (
                <ReactionPopover
                    anchor={anchor}
                    onPick={(emoji) => {
                        close();
                        react(layer.message, emoji);
                    }}
                    onClose={close}
                />
            );
        case 'info':
            return (
                <InfoDialog
                    view={view}
                    media={home.media}
                    message={layer.message}
                    onClose={close}
                />
            );
        case 'wordings': {
            const me = home.me.snapshot().id;
            return <WordingsDialog view={view} message={layer.message} me={me} onClose={close} />;
        }
        case 'forward':
            return (
                <ForwardDialog home={home} view={view} messages={layer.messages} onClose={close} />
            );
        default:
            return null;
    }
}

function bubbleOf(message: Message): HTMLElement | null {
    const row = document.querySelector<HTMLElement>(`[data-message="${CSS.escape(message.key)}"]`);
    return row?.querySelector<HTMLElement>('.bubble') ?? row;
}
