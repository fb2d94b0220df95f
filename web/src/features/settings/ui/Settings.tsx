import { Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useEffect, useRef } from 'react';
import type { Home } from '../../../matrix/index.ts';
import { Icon, type IconName } from '../../../ui/Icon.tsx';
import { href, useRoute } from '../../../ui/route.ts';
import { AboutPage } from './AboutPage.tsx';
import { BlockedPage } from './BlockedPage.tsx';
import { DevicesPage } from './DevicesPage.tsx';
import { KeysPage } from './KeysPage.tsx';
import { LockPage } from './LockPage.tsx';
import { LookPage } from './LookPage.tsx';
import { NoticesPage } from './NoticesPage.tsx';
import { ProfilePage } from './ProfilePage.tsx';
import { RecoveryPage } from './RecoveryPage.tsx';
import { SignOutButton } from './SignOutButton.tsx';

const PAGES = [
    'profile',
    'devices',
    'recovery',
    'notices',
    'look',
    'blocked',
    'lock',
    'keys',
    'about',
] as const;
type Page = (typeof PAGES)[number];

const ICONS: Record<Page, IconName> = {
    profile: 'person',
    devices: 'laptop',
    recovery: 'key',
    notices: 'bell',
    look: 'eye',
    blocked: 'eyeoff',
    lock: 'lock',
    keys: 'edit',
    about: 'info',
};

function usePageNames(): Record<Page, string> {
    const { t } = useLingui();
    return {
        profile: t`Your profile`,
        devices: t`Your devices`,
        recovery: t`Recovery code`,
        notices: t`Notifications`,
        look: t`Language and look`,
        blocked: t`Blocked people`,
        lock: t`Lock on this device`,
        keys: t`Keyboard`,
        about: t`About Chancery`,
    };
}

/** The settings: a list of pages, and one of them. */
export function Settings({ home }: { home: Home }) {
    const { t } = useLingui();
    const { path } = useRoute();
    const names = usePageNames();
    const page = PAGES.find((each) => each === path[1]);
    return (
        <section className="room settings" id="room" tabIndex={-1} aria-label={t`Settings`}>
            <Head title={page ? names[page] : t`Settings`} back={page ? 'settings' : 'chats'} />
            <div className="settings-body">
                {page ? <One home={home} page={page} /> : <List names={names} />}
            </div>
        </section>
    );
}

function Head({ title, back }: { title: string; back: string }) {
    const { t } = useLingui();
    const heading = useRef<HTMLHeadingElement>(null);
    useEffect(() => {
        heading.current?.focus();
        document.title = `${title} – Chancery`;
    }, [title]);
    return (
        <header className="room-head">
            <a
                className={back === 'chats' ? 'icon-btn back' : 'icon-btn'}
                href={href(back)}
                aria-label={back === 'chats' ? t`Back to chats` : t`Back to the settings`}
            >
                <Icon name="back" />
            </a>
            <div className="grow">
                <h2 ref={heading} tabIndex={-1}>
                    {title}
                </h2>
            </div>
        </header>
    );
}

function List({ names }: { names: Record<Page, string> }) {
    return (
        <>
            <ul className="doors">
                {PAGES.map((page) => (
                    <li key={page}>
                        <a className="door in" href={href('settings', page)}>
                            <Icon name={ICONS[page]} />
                            <span className="grow">{names[page]}</span>
                            <Icon name="right" size={16} />
                        </a>
                    </li>
                ))}
            </ul>
            <SignOutButton />
        </>
    );
}

function One({ home, page }: { home: Home; page: Page }): ReactNode {
    switch (page) {
        case 'profile':
            return <ProfilePage home={home} />;
        case 'devices':
            return <DevicesPage home={home} />;
        case 'recovery':
            return <RecoveryPage home={home} />;
        case 'notices':
            return <NoticesPage home={home} />;
        case 'look':
            return <LookPage />;
        case 'blocked':
            return <BlockedPage home={home} />;
        case 'lock':
            return <LockPage />;
        case 'keys':
            return <KeysPage />;
        case 'about':
            return <AboutPage />;
    }
}

/** A group of settings under one heading. */
export function Group({ title, children }: { title: ReactNode; children: ReactNode }) {
    return (
        <section className="group">
            <h3>{title}</h3>
            {children}
        </section>
    );
}

/** Said where a change was kept; read out. */
export function Kept({ at }: { at: number }) {
    return (
        <p role="status" className="muted small kept">
            {at > 0 ? <Trans key={at}>Kept.</Trans> : null}
        </p>
    );
}
