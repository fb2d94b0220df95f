import { Icon } from './Icon.tsx';

interface BusyButtonProps {
    busy: boolean;
    wide?: boolean;
    children: React.ReactNode;
}

/** The main button of a form; it stays where it is while it works, and a second press does nothing. */
export function BusyButton({ busy, wide = false, children }: BusyButtonProps) {
    return (
        <button
            type="submit"
            className={wide ? 'btn btn-main btn-wide' : 'btn btn-main'}
            aria-disabled={busy || undefined}
            aria-busy={busy}
        >
            {busy ? <Icon name="refresh" className="spin" /> : null}
            {children}
        </button>
    );
}
