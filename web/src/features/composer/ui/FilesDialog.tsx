import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useEffect, useRef, useState } from 'react';
import type { ChatView } from '../../../matrix/index.ts';
import { Button, IconButton } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { beforeLeaving } from '../../../ui/leaving.ts';
import { notice } from '../../../ui/toasts.ts';
import { useLocale } from '../../../ui/useLocale.ts';
import { fileSize, plainName } from '../../timeline/index.ts';
import { type Chosen, layDown } from '../model/chosen.ts';
import { answer, deskOf } from '../model/desk.ts';
import { prepare, type Quality } from '../model/photos.ts';

const FILES_MAX = 30;

interface FilesDialogProps {
    view: ChatView;
    files: readonly Chosen[];
    onClose: () => void;
}

interface Listed extends Chosen {
    readonly id: number;
}

/** What was chosen, pasted or dropped, each with a caption, before it is sent. */
export function FilesDialog({ view, files, onClose }: FilesDialogProps) {
    const { t } = useLingui();
    const [list, setList] = useState<readonly Listed[]>(() =>
        files.slice(0, FILES_MAX).map((each, id) => ({ ...each, id })),
    );
    useLaidDown(view.id, list);
    const [quality, setQuality] = useState<Quality>('usual');
    const [busy, setBusy] = useState(0);
    const photos = list.some(({ file }) => file.type.startsWith('image/'));
    const send = async () => {
        let unclean = 0;
        let replyTo = deskOf(view.id).reply?.id;
        for (const [n, { file, caption }] of list.entries()) {
            setBusy(n + 1);
            const { blob, cleaned, ...rest } = await prepare(file, quality);
            view.sendFile({
                ...rest,
                file: blob,
                name: plainName(rest.name) || 'file',
                caption: caption.trim() || undefined,
                alt: caption.trim() || undefined,
                replyTo,
            });
            replyTo = undefined;
            if (!cleaned && file.type.startsWith('image/') && file.type !== 'image/gif') unclean++;
        }
        answer(view.id, undefined);
        if (unclean > 0) {
            notice(
                t`One picture was sent as the file it is: this browser can’t clean it of hidden data.`,
            );
        }
        onClose();
    };
    const count = list.length;
    return (
        <Dialog
            title={t`Send`}
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="main"
                        icon="send"
                        isDisabled={busy > 0 || count === 0}
                        onPress={() => void send()}
                    >
                        {busy > 0 ? (
                            <Trans>
                                Preparing {busy} of {count}
                            </Trans>
                        ) : (
                            <Plural value={count} one="Send # file" other="Send # files" />
                        )}
                    </Button>
                </>
            }
        >
            {files.length > FILES_MAX ? (
                <p className="note warn">
                    <Icon name="warn" />
                    <Trans>At most {FILES_MAX} files go at a time. The others were left out.</Trans>
                </p>
            ) : null}
            <ul className="stack">
                {list.map((each) => (
                    <FileRow
                        key={each.id}
                        chosen={each}
                        onCaption={(caption) =>
                            setList(list.map((one) => (one === each ? { ...one, caption } : one)))
                        }
                        onRemove={() => setList(list.filter((one) => one !== each))}
                    />
                ))}
            </ul>
            {photos ? (
                <div className="stack-2">
                    <label className="row">
                        <input
                            type="checkbox"
                            className="check"
                            checked={quality === 'full'}
                            onChange={(event) =>
                                setQuality(event.target.checked ? 'full' : 'usual')
                            }
                        />
                        <Trans>Send photos in full size</Trans>
                    </label>
                    <p className="small muted">
                        <Trans>
                            Place, time and camera are taken out of photos before they are sent.
                        </Trans>
                    </p>
                </div>
            ) : null}
        </Dialog>
    );
}

/** A page that loads itself anew goes on with these. */
function useLaidDown(chatId: string, list: readonly Listed[]): void {
    const now = useRef(list);
    useEffect(() => {
        now.current = list;
    }, [list]);
    useEffect(() => beforeLeaving(() => layDown(chatId, now.current)), [chatId]);
}

interface FileRowProps {
    chosen: Chosen;
    onCaption: (caption: string) => void;
    onRemove: () => void;
}

function FileRow({ chosen, onCaption, onRemove }: FileRowProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const { file, caption } = chosen;
    const name = plainName(file.name);
    return (
        <li className="file-row">
            <Preview file={file} />
            <div className="stack-2 grow">
                <span className="row between">
                    <span className="grow clip">
                        <bdi>{name}</bdi>{' '}
                        <span className="muted small">{fileSize(file.size, locale)}</span>
                    </span>
                    <IconButton dense icon="x" label={t`Leave out ${name}`} onPress={onRemove} />
                </span>
                <input
                    className="input"
                    aria-label={t`Caption of ${name}`}
                    placeholder={t`Add a caption`}
                    value={caption}
                    maxLength={2_000}
                    onChange={(event) => onCaption(event.target.value)}
                />
            </div>
        </li>
    );
}

function Preview({ file }: { file: File }) {
    const picture = /^image\/(?!svg)/.test(file.type);
    const [url, setUrl] = useState<string>();
    const [broken, setBroken] = useState(false);
    useEffect(() => {
        if (!picture) return;
        const made = URL.createObjectURL(file);
        setUrl(made);
        return () => URL.revokeObjectURL(made);
    }, [file, picture]);
    return url && !broken ? (
        <img className="file-preview" src={url} alt="" onError={() => setBroken(true)} />
    ) : (
        <span className="file-preview">
            <Icon name="file" size={24} />
        </span>
    );
}
