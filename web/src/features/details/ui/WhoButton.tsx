import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Icon } from '../../../ui/Icon.tsx';
import { go, href, useRoute } from '../../../ui/route.ts';

/** The eye in the head of each chat: one tap to who can read it. */
export function WhoButton({ chatId }: { chatId: string }) {
    const { t } = useLingui();
    const { path } = useRoute();
    const open = path[2] === 'panel' && path[3] === 'who';
    const target = open ? href('chat', chatId) : href('chat', chatId, 'panel', 'who');
    useEffect(() => {
        const onKey = (event: KeyboardEvent) => {
            if ((event.ctrlKey || event.metaKey) && event.altKey && event.code === 'KeyI') {
                event.preventDefault();
                go(target);
            }
        };
        addEventListener('keydown', onKey);
        return () => removeEventListener('keydown', onKey);
    }, [target]);
    return (
        <button
            type="button"
            className="who-btn"
            aria-expanded={open}
            aria-label={t`Who can read this?`}
            title={t`Who can read this?`}
            onClick={() => go(target)}
        >
            <Icon name="eye" size={16} />
            <span className="txt">{t`Who can read this?`}</span>
        </button>
    );
}
