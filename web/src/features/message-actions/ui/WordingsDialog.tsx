import { useLingui } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import type { ChatView, Message, Wording } from '../../../matrix/index.ts';
import { Dialog } from '../../../ui/Dialog.tsx';
import { useLocale } from '../../../ui/useLocale.ts';
import { fullMoment, MessageText } from '../../timeline/index.ts';

interface WordingsDialogProps {
    view: ChatView;
    message: Message;
    me: string;
    onClose: () => void;
}

/** What a message said before, oldest first. */
export function WordingsDialog({ view, message, me, onClose }: WordingsDialogProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const [list, setList] = useState<readonly Wording[] | 'failed'>();
    const { id } = message;
    useEffect(() => {
        let gone = false;
        view.wordings(id).then(
            (found) => {
                if (!gone) setList(found);
            },
            () => {
                if (!gone) setList('failed');
            },
        );
        return () => {
            gone = true;
        };
    }, [view, id]);
    return (
        <Dialog title={t`What it said before`} narrow onClose={onClose}>
            {list === undefined ? <p className="muted">{t`Fetching`}</p> : null}
            {list === 'failed' ? <p>{t`The earlier wordings could not be fetched.`}</p> : null}
            {Array.isArray(list) ? (
                <ol className="stack">
                    {list.map((wording) => (
                        <li key={wording.time} className="wording">
                            <time className="small muted">{fullMoment(wording.time, locale)}</time>
                            <div>
                                <MessageText message={{ ...wording, id }} me={me} reachable />
                            </div>
                        </li>
                    ))}
                </ol>
            ) : null}
        </Dialog>
    );
}
