import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { ChatView } from '../../../matrix/index.ts';
import { Icon } from '../../../ui/Icon.tsx';
import { useView } from '../../../ui/useView.ts';
import { inOneLine } from '../../timeline/index.ts';

/** The newest pinned message; pressing again leads to the one before. */
export function PinnedBar({ view }: { view: ChatView }) {
    const { t } = useLingui();
    const { pinned, messages } = useView(view);
    const [back, setBack] = useState(0);
    if (pinned.length === 0) return null;
    const at = pinned.length - 1 - (back % pinned.length);
    const id = pinned[at];
    const message = messages.find((each) => each.id === id);
    const place = pinned.length > 1 ? t`${at + 1} of ${pinned.length}` : '';
    return (
        <button
            type="button"
            className="pinned-bar in"
            onClick={() => {
                if (id) void view.jumpTo({ to: 'message', id });
                setBack(back + 1);
            }}
        >
            <Icon name="pin" size={16} />
            <span className="clip grow" dir="auto">
                <b>{t`Pinned`}</b> {message ? inOneLine(message) : t`Show the message`}
            </span>
            <span className="small muted num">{place}</span>
        </button>
    );
}
