import { Trans, useLingui } from '@lingui/react/macro';
import {
    type ClipboardEvent,
    type KeyboardEvent,
    type RefObject,
    useEffect,
    useLayoutEffect,
    useRef,
    useState,
} from 'react';
import { Dialog as AriaDialog, DialogTrigger, Popover } from 'react-aria-components';
import type { ChatView, Member, Message } from '../../../matrix/index.ts';
import { IconButton } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { useHome } from '../../../ui/session.tsx';
import { useView } from '../../../ui/useView.ts';
import { answer, deskOf, rewrite, useDesk } from '../model/desk.ts';
import { setDraft, setEdit, useDraft } from '../model/drafts.ts';
import { insert, toggleMark } from '../model/editing.ts';
import { type Mention, ROOM_MENTION, write } from '../model/markup.ts';
import { matching, type Query, queryAt } from '../model/mentionQuery.ts';
import { AboveBar } from './AboveBar.tsx';
import { EmojiPicker } from './EmojiPicker.tsx';
import { MentionList } from './MentionList.tsx';
import { VoiceRecorder } from './VoiceRecorder.tsx';

const SUGGESTED_MAX = 8;
const HEIGHT_MAX = 168;

interface ComposerProps {
    view: ChatView;
    onFiles: (files: readonly File[]) => void;
    /** Up in an empty field: the last own message. */
    onEditLast: () => void;
    field: RefObject<HTMLTextAreaElement | null>;
}

/** Where one writes. What stands in it is kept as a draft until it is sent. */
export function Composer({ view, onFiles, onEditLast, field }: ComposerProps) {
    const { t } = useLingui();
    const { chat, writable } = useView(view);
    const [recording, setRecording] = useState(false);
    const desk = useDesk(view.id);
    const text = useComposerText(view, field);
    const picker = useRef<HTMLInputElement>(null);
    const mentions = useMentions(view, text, field);
    if (writable !== 'yes') return <NotWritable why={writable} />;
    const name = chat?.name ?? '';
    if (recording) return <VoiceRecorder view={view} onDone={() => setRecording(false)} />;
    const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
        if (event.nativeEvent.isComposing) return;
        if (mentions.onKeyDown(event)) return;
        if (marked(event, text)) return;
        if (event.key === 'Enter' && !event.shiftKey && !finger()) {
            event.preventDefault();
            text.send();
        } else if (event.key === 'ArrowUp' && text.value === '' && !desk.edit) {
            event.preventDefault();
            onEditLast();
        } else if (event.key === 'Escape' && (desk.reply || desk.edit)) {
            event.preventDefault();
            event.stopPropagation();
            text.stopEditing();
        }
    };
    return (
        <>
            <AboveBar chatId={view.id} onClose={text.stopEditing} />
            <form
                className="composer"
                aria-label={t`Write a message`}
                onSubmit={(event) => {
                    event.preventDefault();
                    text.send();
                }}
            >
                <IconButton
                    icon="clip"
                    label={t`Attach a file or photo`}
                    onPress={() => picker.current?.click()}
                />
                <input
                    ref={picker}
                    type="file"
                    multiple
                    hidden
                    data-testid="file-input"
                    onChange={(event) => {
                        onFiles([...(event.target.files ?? [])]);
                        event.target.value = '';
                    }}
                />
                <div className="box">
                    <textarea
                        ref={field}
                        rows={1}
                        dir="auto"
                        aria-label={name ? t`Message to ${name}` : t`Message`}
                        placeholder={t`Message`}
                        value={text.value}
                        maxLength={60_000}
                        enterKeyHint={finger() ? 'enter' : 'send'}
                        aria-autocomplete="list"
                        aria-controls={mentions.open ? mentions.listId : undefined}
                        aria-activedescendant={mentions.activeId}
                        onChange={(event) => text.set(event.target.value)}
                        onSelect={(event) => mentions.at(event.currentTarget.selectionStart)}
                        onKeyDown={onKeyDown}
                        onPaste={(event) => pasted(event, onFiles)}
                        onBlur={() => view.setTyping(false)}
                    />
                    <EmojiButton onPick={(sign) => text.put(sign)} label={t`Emoji`} field={field} />
                </div>
                {mentions.open ? <MentionList {...mentions} /> : null}
                {text.value.trim() !== '' || desk.edit ? (
                    <IconButton
                        solid
                        type="submit"
                        icon={desk.edit ? 'check' : 'send'}
                        label={desk.edit ? t`Save the change` : t`Send`}
                    />
                ) : (
                    <IconButton
                        solid
                        icon="mic"
                        label={t`Record a voice note`}
                        onPress={() => setRecording(true)}
                    />
                )}
            </form>
        </>
    );
}

function NotWritable({ why }: { why: 'left' | 'no-right' | 'replaced' }) {
    return (
        <p className="composer-closed">
            <Icon name="lock" size={16} />
            {why === 'left' ? <Trans>You are no longer in this chat.</Trans> : null}
            {why === 'no-right' ? <Trans>Only some members may write here.</Trans> : null}
            {why === 'replaced' ? <Trans>This chat goes on in a new one.</Trans> : null}
        </p>
    );
}

/** On a phone Enter is a new line, and the button sends. */
function finger(): boolean {
    return matchMedia('(pointer: coarse) and (hover: none)').matches;
}

function pasted(event: ClipboardEvent, onFiles: ComposerProps['onFiles']): void {
    const files = [...event.clipboardData.files];
    const words = event.clipboardData.getData('text/plain');
    if (files.length > 0 && words === '') {
        event.preventDefault();
        onFiles(files);
    }
}

const MARK_KEYS: Partial<Record<string, string>> = { b: '*', i: '_', e: '`' };

function marked(event: KeyboardEvent<HTMLTextAreaElement>, text: ComposerText): boolean {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return false;
    const sign = event.shiftKey && event.key.toLowerCase() === 'x' ? '~' : MARK_KEYS[event.key];
    if (!sign || (event.shiftKey && sign !== '~')) return false;
    event.preventDefault();
    text.mark(sign);
    return true;
}

interface ComposerText {
    readonly value: string;
    readonly mentions: readonly Mention[];
    set(value: string): void;
    /** Puts a piece at the caret. */
    put(piece: string): void;
    mark(sign: string): void;
    replace(from: number, to: number, piece: string, mention: Mention): void;
    send(): void;
    stopEditing(): void;
}

/** The text of a chat, which is its draft; while a message is edited, the text of that message. */
function useComposerText(
    view: ChatView,
    field: RefObject<HTMLTextAreaElement | null>,
): ComposerText {
    const desk = useDesk(view.id);
    const draft = useDraft(view.id);
    const [caret, setCaret] = useState<{ from: number; to: number }>();
    const edited = desk.edit;
    useResumedEdit(view, draft.edit?.id);
    const value = edited ? (draft.edit?.text ?? edited.text) : draft.text;
    useLayoutEffect(() => {
        const box = field.current;
        if (!box) return;
        box.style.height = 'auto';
        box.style.height = value === '' ? '' : `${Math.min(HEIGHT_MAX, box.scrollHeight)}px`;
    }, [value, field]);
    useLayoutEffect(() => {
        if (caret) field.current?.setSelectionRange(caret.from, caret.to);
    }, [caret, field]);
    const keep = (text: string, mentions = draft.mentions) => {
        if (edited) setEdit(view.id, { id: edited.id, text });
        else {
            setDraft(view.id, { ...draft, text, mentions });
            view.setTyping(text !== '');
        }
    };
    const now = () => {
        const end = value.length;
        return {
            text: value,
            from: field.current?.selectionStart ?? end,
            to: field.current?.selectionEnd ?? end,
        };
    };
    const change = (
        next: { text: string; from: number; to: number },
        mentions?: readonly Mention[],
    ) => {
        keep(next.text, mentions ?? draft.mentions);
        setCaret({ from: next.from, to: next.to });
        field.current?.focus();
    };
    const stopEditing = () => {
        if (edited) rewrite(view.id, undefined);
        else answer(view.id, undefined);
        field.current?.focus();
    };
    return {
        value,
        mentions: draft.mentions,
        set: keep,
        put: (piece) => change(insert(now(), piece)),
        mark: (sign) => change(toggleMark(now(), sign)),
        replace: (from, to, piece, mention) =>
            change(insert({ text: value, from, to }, piece), [...draft.mentions, mention]),
        send: () => {
            if (submit(view, value, draft.mentions)) {
                if (edited) rewrite(view.id, undefined);
                else {
                    keep('', []);
                    answer(view.id, undefined);
                }
            }
            field.current?.focus();
        },
        stopEditing,
    };
}

/** Goes on with a change that was under way when the page was left; its message may come later. */
function useResumedEdit(view: ChatView, id: string | undefined): void {
    const { messages } = useView(view);
    useEffect(() => {
        if (id === undefined || deskOf(view.id).edit) return;
        let gone = false;
        const resume = (message: Message | undefined) => {
            if (gone || deskOf(view.id).edit) return;
            if (message?.can.edit) rewrite(view.id, message);
            else if (message?.kind === 'deleted') setEdit(view.id, undefined);
        };
        const here = messages.find((each) => each.id === id);
        if (here) resume(here);
        else void view.message(id).then(resume);
        return () => {
            gone = true;
        };
    }, [view, id, messages]);
}

function submit(view: ChatView, value: string, mentions: readonly Mention[]): boolean {
    const emote = /^\/me\s+/.exec(value);
    const written = write(emote ? value.slice(emote[0].length) : value, mentions);
    if (written.body === '') return false;
    const desk = deskOf(view.id);
    const outgoing = {
        text: written.body,
        html: written.formattedBody,
        mentions: written.mentions.userIds,
        mentionAll: written.mentions.room,
        kind: emote ? ('emote' as const) : ('text' as const),
    };
    if (desk.edit) {
        if (desk.edit.text !== written.body) view.edit(desk.edit.id, outgoing);
    } else view.send({ ...outgoing, replyTo: desk.reply?.id });
    view.setTyping(false);
    return true;
}

interface Mentions {
    readonly open: boolean;
    readonly listId: string;
    readonly activeId: string | undefined;
    readonly people: readonly Suggestion[];
    readonly chosen: number;
    at(caret: number): void;
    onKeyDown(event: KeyboardEvent): boolean;
    onPick(person: Suggestion): void;
}

export type Suggestion = Pick<Member, 'id' | 'name' | 'tone'> & { userId: string };

/** The list under an "@": members whose names fit, and everybody where that is allowed. */
function useMentions(
    view: ChatView,
    text: ComposerText,
    field: RefObject<HTMLTextAreaElement | null>,
): Mentions {
    const { t } = useLingui();
    const me = useView(useHome().me).id;
    const { can } = useView(view);
    const [query, setQuery] = useState<Query>();
    const [members, setMembers] = useState<readonly Member[]>();
    const [chosen, setChosen] = useState(0);
    const listId = `mentions-${view.id}`;
    const wanted = query !== undefined;
    useEffect(() => {
        if (!wanted || members) return;
        let gone = false;
        void view.members().then((found) => {
            if (!gone)
                setMembers(found.filter((each) => each.membership === 'join' && each.id !== me));
        });
        return () => {
            gone = true;
        };
    }, [view, wanted, members, me]);
    const everybody = t`everyone`;
    const all: Suggestion[] = (members ?? []).map((each) => ({ ...each, userId: each.id }));
    const people = query ? [...matching(all, query.text, SUGGESTED_MAX)] : [];
    if (query && can.mentionAll && everybody.startsWith(query.text.toLocaleLowerCase())) {
        people.push({ id: ROOM_MENTION, userId: ROOM_MENTION, name: everybody, tone: 0 });
    }
    const open = people.length > 0;
    const pick = (person: Suggestion) => {
        if (!query) return;
        const label = person.name.startsWith('@') ? person.name : `@${person.name}`;
        const end = query.from + query.text.length + 1;
        text.replace(query.from, end, `${label} `, { label, userId: person.userId });
        setQuery(undefined);
    };
    return {
        open,
        listId,
        activeId: open ? `${listId}-${chosen}` : undefined,
        people,
        chosen,
        at: (caret) => {
            const next = queryAt(field.current?.value ?? '', caret);
            if (next?.text !== query?.text) setChosen(0);
            setQuery(next);
        },
        onPick: pick,
        onKeyDown: (event) => {
            if (!open) return false;
            const person = people[chosen];
            const count = people.length;
            if (event.key === 'ArrowDown') setChosen((chosen + 1) % count);
            else if (event.key === 'ArrowUp') setChosen((chosen + count - 1) % count);
            else if ((event.key === 'Enter' || event.key === 'Tab') && person) pick(person);
            else if (event.key === 'Escape') setQuery(undefined);
            else return false;
            event.preventDefault();
            event.stopPropagation();
            return true;
        },
    };
}

interface EmojiButtonProps {
    label: string;
    onPick: (sign: string) => void;
    field: RefObject<HTMLTextAreaElement | null>;
}

function EmojiButton({ label, onPick, field }: EmojiButtonProps) {
    const [open, setOpen] = useState(false);
    return (
        <DialogTrigger isOpen={open} onOpenChange={setOpen}>
            <IconButton icon="smile" label={label} />
            <Popover className="popover" placement="top end">
                <AriaDialog aria-label={label} className="emoji-dialog">
                    <EmojiPicker
                        onPick={(sign) => {
                            onPick(sign);
                            setOpen(false);
                            requestAnimationFrame(() => field.current?.focus());
                        }}
                    />
                </AriaDialog>
            </Popover>
        </DialogTrigger>
    );
}
