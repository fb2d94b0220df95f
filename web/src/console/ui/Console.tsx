import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Languages } from '../../ui/Languages.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { go, href, useRoute } from '../../ui/route.ts';
import { type Api, signedIn } from '../model/api.ts';
import { InvitationsPage } from './InvitationsPage.tsx';
import { PeoplePage } from './PeoplePage.tsx';
import { PersonPage } from './PersonPage.tsx';
import { ServerPage } from './ServerPage.tsx';
import { SignIn } from './SignIn.tsx';

type Place = 'people' | 'invitations' | 'server';

/** The console of those who administer: sign-in, and then its pages. */
export function Console() {
    const [api, setApi] = useState<Api>();
    const [looking, setLooking] = useState(true);
    const [ended, setEnded] = useState(false);
    const begin = useCallback((next: Api) => {
        next.onEnded = () => {
            setApi(undefined);
            setEnded(true);
        };
        setEnded(false);
        setApi(next);
    }, []);
    useEffect(() => {
        signedIn()
            .then((kept) => kept && begin(kept))
            .finally(() => setLooking(false));
    }, [begin]);
    if (!api) {
        return looking ? null : <SignIn ended={ended} onApi={begin} />;
    }
    const leave = () => {
        void api.signOut();
        setApi(undefined);
        go('#/');
    };
    return <Pages api={api} onLeave={leave} />;
}

function Pages({ api, onLeave }: { api: Api; onLeave: () => void }) {
    const { t } = useLingui();
    const { path } = useRoute();
    const [step, id] = path;
    const place: Place = step === 'invitations' || step === 'server' ? step : 'people';
    const names: Record<Place, string> = {
        people: t`People`,
        invitations: t`Invitations`,
        server: t`Server status`,
    };
    useEffect(() => {
        document.title = `${names[place]} – Chancery`;
    });
    return (
        <>
            <button
                type="button"
                className="skip"
                onClick={() => document.getElementById('work')?.focus()}
            >
                <Trans>Skip to the page</Trans>
            </button>
            <div className="console">
                <Side place={place} names={names} me={api.me} onLeave={onLeave} />
                <main className="work" id="work" tabIndex={-1}>
                    {place === 'people' && id ? <PersonPage key={id} api={api} id={id} /> : null}
                    {place === 'people' && !id ? <PeoplePage api={api} /> : null}
                    {place === 'invitations' ? <InvitationsPage api={api} /> : null}
                    {place === 'server' ? <ServerPage api={api} /> : null}
                </main>
            </div>
        </>
    );
}

const ICONS: Record<Place, IconName> = {
    people: 'people',
    invitations: 'letter',
    server: 'server',
};

interface SideProps {
    place: Place;
    names: Record<Place, string>;
    me: string;
    onLeave: () => void;
}

function Side({ place, names, me, onLeave }: SideProps) {
    const { t } = useLingui();
    const places: Place[] = ['people', 'invitations', 'server'];
    return (
        <header className="side">
            <a className="brand" href={href('people')}>
                <Mark size={28} />
                Chancery
            </a>
            <nav aria-label={t`Console`}>
                <ul>
                    {places.map((each) => (
                        <li key={each}>
                            <a
                                className="in"
                                href={href(each)}
                                aria-current={place === each ? 'page' : undefined}
                            >
                                <Icon name={ICONS[each]} />
                                {names[each]}
                            </a>
                        </li>
                    ))}
                </ul>
            </nav>
            <div className="me stack-2">
                <p className="small exact">{me}</p>
                <Languages />
                <Button small icon="door" onPress={onLeave}>
                    <Trans>Sign out</Trans>
                </Button>
            </div>
        </header>
    );
}
