import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import { Languages } from '../../ui/Languages.tsx';
import { Mark } from '../../ui/Mark.tsx';
import { go, href, useRoute } from '../../ui/route.ts';
import { type Api, signedIn } from '../model/api.ts';
import { DeskApi } from '../model/deskApi.ts';
import { CasePage } from './CasePage.tsx';
import { CasesPage } from './CasesPage.tsx';
import { InvitationsPage } from './InvitationsPage.tsx';
import { NewCasePage } from './NewCasePage.tsx';
import { PeoplePage } from './PeoplePage.tsx';
import { PersonPage } from './PersonPage.tsx';
import { RecordPage } from './RecordPage.tsx';
import { RecordsPage } from './RecordsPage.tsx';
import { ServerPage } from './ServerPage.tsx';
import { SignIn } from './SignIn.tsx';
import { StockPage } from './StockPage.tsx';

type Place = 'people' | 'invitations' | 'records' | 'stock' | 'cases' | 'server';

const PLACES: readonly Place[] = ['people', 'invitations', 'records', 'stock', 'cases', 'server'];

/** An officer of cases who administers nothing sees those cases alone. */
function placesOf(api: Api): readonly Place[] {
    return api.officer ? ['cases'] : PLACES;
}

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
    const place = placesOf(api).find((each) => each === step) ?? placesOf(api)[0] ?? 'cases';
    const names: Record<Place, string> = {
        people: t`People`,
        invitations: t`Invitations`,
        records: t`Records desk`,
        stock: t`Stock and custodians`,
        cases: t`Openings`,
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
                <Side place={place} names={names} api={api} onLeave={onLeave} />
                <main className="work" id="work" tabIndex={-1}>
                    <Work place={place} api={api} id={place === step ? id : undefined} />
                </main>
            </div>
        </>
    );
}

interface WorkProps {
    place: Place;
    api: Api;
    /** What of that place is looked at, if not all. */
    id: string | undefined;
}

function Work({ place, api, id }: WorkProps) {
    const desk = useMemo(() => new DeskApi(api), [api]);
    switch (place) {
        case 'people':
            return id ? <PersonPage key={id} api={api} id={id} /> : <PeoplePage api={api} />;
        case 'invitations':
            return <InvitationsPage api={api} />;
        case 'records':
            return id ? <RecordPage key={id} desk={desk} id={id} /> : <RecordsPage desk={desk} />;
        case 'stock':
            return <StockPage desk={desk} />;
        case 'cases':
            if (id === 'new' && !api.officer) return <NewCasePage desk={desk} />;
            return id ? (
                <CasePage key={id} desk={desk} id={id} me={api.me} />
            ) : (
                <CasesPage desk={desk} me={api.me} mayAsk={!api.officer} />
            );
        case 'server':
            return <ServerPage api={api} />;
    }
}

const ICONS: Record<Place, IconName> = {
    people: 'people',
    invitations: 'letter',
    records: 'seal',
    stock: 'key',
    cases: 'scales',
    server: 'server',
};

interface SideProps {
    place: Place;
    names: Record<Place, string>;
    api: Api;
    onLeave: () => void;
}

function Side({ place, names, api, onLeave }: SideProps) {
    const { t } = useLingui();
    const places = placesOf(api);
    return (
        <header className="side">
            <a className="brand" href={href(places[0] ?? 'cases')}>
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
                <p className="small exact">{api.me}</p>
                <Languages />
                <Button small icon="door" onPress={onLeave}>
                    <Trans>Sign out</Trans>
                </Button>
            </div>
        </header>
    );
}
