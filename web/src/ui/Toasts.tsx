import { useLingui } from '@lingui/react/macro';
import { useEffect } from 'react';
import { Button, IconButton } from './Button.tsx';
import { hold, settle, settleAll, type Toast, tick, undo, useToasts } from './toasts.ts';

const TICK_MS = 250;

/** Where toasts stand; once, near the root. */
export function Toasts() {
    const { t } = useLingui();
    const list = useToasts((state) => state.list);
    const any = list.length > 0;
    useEffect(() => {
        if (!any) return;
        const timer = setInterval(() => tick(TICK_MS), TICK_MS);
        return () => {
            clearInterval(timer);
            hold(false);
        };
    }, [any]);
    useEffect(() => {
        addEventListener('pagehide', settleAll);
        return () => removeEventListener('pagehide', settleAll);
    }, []);
    return (
        <section className="toasts" aria-label={t`Notices`}>
            <div role="status" className="sr">
                {list.at(-1) ? `${list.at(-1)?.text} ${list.at(-1)?.detail ?? ''}` : ''}
            </div>
            {list.map((toast) => (
                <ToastBox key={toast.id} toast={toast} />
            ))}
        </section>
    );
}

function ToastBox({ toast }: { toast: Toast }) {
    const { t } = useLingui();
    return (
        // biome-ignore lint/a11y/noStaticElementInteractions: it only waits while it is pointed at.
        <div
            className="toast"
            onPointerEnter={() => hold(true)}
            onPointerLeave={() => hold(false)}
            onFocus={() => hold(true)}
            onBlur={() => hold(false)}
        >
            {toast.undo ? <Ring left={toast.left} total={toast.total} /> : null}
            <p className="grow">
                {toast.text}
                {toast.detail ? <span>{toast.detail}</span> : null}
            </p>
            {toast.undo ? (
                <Button small icon="undo" onPress={() => undo(toast.id)}>
                    {t`Undo`}
                </Button>
            ) : null}
            {toast.act ? (
                <Button
                    small
                    onPress={() => {
                        toast.act?.run();
                        settle(toast.id);
                    }}
                >
                    {toast.act.label}
                </Button>
            ) : null}
            {toast.undo ? null : (
                <IconButton dense icon="x" label={t`Close`} onPress={() => settle(toast.id)} />
            )}
        </div>
    );
}

const ROUND = 2 * Math.PI * 13;

function Ring({ left, total }: { left: number; total: number }) {
    return (
        <svg className="ring" viewBox="0 0 32 32" aria-hidden="true">
            <circle className="bg" cx="16" cy="16" r="13" fill="none" strokeWidth="3" />
            <circle
                className="fg"
                cx="16"
                cy="16"
                r="13"
                fill="none"
                strokeWidth="3"
                strokeDasharray={`${(left / total) * ROUND} ${ROUND}`}
                transform="rotate(-90 16 16)"
            />
            <text x="16" y="20" textAnchor="middle">
                {Math.ceil(left / 1000)}
            </text>
        </svg>
    );
}
