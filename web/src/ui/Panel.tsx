import { useLingui } from '@lingui/react/macro';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import { IconButton } from './Button.tsx';
import { go, href } from './route.ts';

interface PanelProps {
    chatId: string;
    title: string;
    /** Where back leads, within the panels; without it the panel only closes. */
    back?: string | undefined;
    children: ReactNode;
}

/** What stands beside a chat. It takes the focus and gives it back; Esc closes it. */
export function Panel({ chatId, title, back, children }: PanelProps) {
    const { t } = useLingui();
    const heading = useRef<HTMLHeadingElement>(null);
    // biome-ignore lint/correctness/useExhaustiveDependencies: another title is another panel.
    useEffect(() => {
        const before = document.activeElement;
        heading.current?.focus();
        return () => {
            if (before instanceof HTMLElement && before.isConnected) {
                before.focus();
            }
        };
    }, [title]);
    const close = () => go(href('chat', chatId));
    const onKeyDown = (event: KeyboardEvent) => {
        if (event.key === 'Escape') {
            event.stopPropagation();
            close();
        }
    };
    return (
        <section className="panel" aria-label={title} onKeyDown={onKeyDown}>
            <header className="panel-head">
                {back ? (
                    <IconButton
                        icon="back"
                        label={t`Back`}
                        onPress={() => go(href('chat', chatId, 'panel', back))}
                    />
                ) : null}
                <h2 ref={heading} tabIndex={-1}>
                    {title}
                </h2>
                <IconButton icon="x" label={t`Close`} onPress={close} />
            </header>
            {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, also by keys. */}
            <div className="panel-body" role="group" aria-label={title} tabIndex={0}>
                {children}
            </div>
        </section>
    );
}

interface PartProps {
    icon?: ReactNode;
    title: string;
    count?: ReactNode;
    children: ReactNode;
}

export function Part({ icon, title, count, children }: PartProps) {
    return (
        <section>
            <h3>
                {icon}
                {title}
                {count === undefined ? null : <span className="n">{count}</span>}
            </h3>
            {children}
        </section>
    );
}
