import type { ReactNode } from 'react';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { useLocale } from '../../ui/useLocale.ts';

interface TileProps {
    title: string;
    icon?: IconName;
    warn?: boolean;
    children: ReactNode;
    foot?: ReactNode;
}

/** One figure, what it counts, and what follows from it. */
export function Tile({ title, icon, warn = false, children, foot }: TileProps) {
    return (
        <section className={warn ? 'tile warn' : 'tile'}>
            <h2>
                {icon ? <Icon name={warn ? 'warn' : icon} size={16} /> : null}
                {title}
            </h2>
            <p className="big">{children}</p>
            {foot ? <p>{foot}</p> : null}
        </section>
    );
}

interface CardProps {
    title: string;
    aside?: ReactNode;
    children: ReactNode;
}

export function Card({ title, aside, children }: CardProps) {
    return (
        <section className="card" aria-label={title}>
            <header>
                <h2>{title}</h2>
                {aside}
            </header>
            {children}
        </section>
    );
}

interface TagProps {
    tone: 'ok' | 'warn' | 'danger' | 'plain';
    icon: IconName;
    children: ReactNode;
}

export function Tag({ tone, icon, children }: TagProps) {
    return (
        <span className={`tag ${tone}`}>
            <Icon name={icon} size={14} />
            {children}
        </span>
    );
}

/** Dates in the reader's language; nothing for what has no date. */
export function useDates() {
    const locale = useLocale();
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
    const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    return {
        day: (at: number | undefined) => (at === undefined ? '' : day.format(at)),
        minute: (at: number | undefined) => (at === undefined ? '' : minute.format(at)),
        number: (value: number) => value.toLocaleString(locale),
    };
}

/** Names and what they are: a list of terms, for a page about one thing. */
export function Facts({ facts }: { facts: readonly (readonly [string, ReactNode])[] }) {
    return (
        <dl className="pad stack-2">
            {facts
                .filter(([, value]) => value !== undefined && value !== '')
                .map(([name, value]) => (
                    <div key={name}>
                        <dt className="small muted">{name}</dt>
                        <dd className="wrap-any">{value}</dd>
                    </div>
                ))}
        </dl>
    );
}
