import { useEffect } from 'react';
import { Languages } from './Languages.tsx';
import { Mark } from './Mark.tsx';

interface DeskProps {
    /** The name of the page, as in the tab. */
    title: string;
    /** The organisation, or what this moment is. */
    aside?: React.ReactNode;
    wide?: boolean;
    children: React.ReactNode;
}

/** One letter on the desk: set-up, sign-in, invitations, errors. */
export function Desk({ title, aside, wide = false, children }: DeskProps) {
    useEffect(() => {
        document.title = `${title} – Chancery`;
    }, [title]);
    return (
        <div className="desk">
            <header>
                <a className="brand" href="#/">
                    <Mark size={30} />
                    Chancery
                </a>
                <span className="muted small">{aside}</span>
            </header>
            <main className={wide ? 'wide' : undefined}>{children}</main>
            <footer>
                <Languages />
            </footer>
        </div>
    );
}
