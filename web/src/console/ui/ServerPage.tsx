import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { type ReactNode, useCallback, useEffect } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { useLocale } from '../../ui/useLocale.ts';
import type { Follower, Status } from '../model/answers.ts';
import type { Api } from '../model/api.ts';
import { bytesInWords } from '../model/bytes.ts';
import { useAnswer } from './useAnswer.ts';

const LOOK_EVERY_MS = 10_000;
const LATE = 1_000;

/** Whether the server does its work, looked at every ten seconds. */
export function ServerPage({ api }: { api: Api }) {
    const ask = useCallback(() => api.status(), [api]);
    const { answer, trouble, look } = useAnswer(ask);
    useEffect(() => {
        const timer = setInterval(() => {
            if (document.visibilityState === 'visible') look();
        }, LOOK_EVERY_MS);
        return () => clearInterval(timer);
    }, [look]);
    return (
        <>
            <header>
                <div className="grow">
                    <h1>
                        <Trans>Server status</Trans>
                    </h1>
                    <p>
                        <Trans>Looked at anew every ten seconds.</Trans>
                    </p>
                </div>
                <Button icon="refresh" onPress={look}>
                    <Trans>Look now</Trans>
                </Button>
            </header>
            <Fault trouble={trouble} />
            {answer ? <Tiles status={answer} /> : null}
            {answer ? <Followers followers={answer.followers} /> : null}
        </>
    );
}

function Tile({ title, children, foot }: { title: string; children: ReactNode; foot?: ReactNode }) {
    return (
        <section className="tile">
            <h2>{title}</h2>
            <p className="big">{children}</p>
            {foot ? <p>{foot}</p> : null}
        </section>
    );
}

function Tiles({ status }: { status: Status }) {
    const { t } = useLingui();
    const locale = useLocale();
    const { startedAt, storeBytes, people } = status;
    const started = startedAt
        ? new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeStyle: 'short' }).format(
              startedAt,
          )
        : '';
    const newest = status.specVersions.at(-1) ?? '';
    return (
        <div className="tiles">
            <Tile
                title={t({ message: 'State', context: 'of the server' })}
                foot={started ? <Trans>Running since {started}</Trans> : undefined}
            >
                <span className={status.healthy ? 'tag ok' : 'tag danger'}>
                    <Icon name={status.healthy ? 'check' : 'error'} size={14} />
                    {status.healthy ? t`At work` : t`Stopped`}
                </span>
            </Tile>
            {people === undefined ? null : (
                <Tile title={t`Accounts`}>{people.toLocaleString(locale)}</Tile>
            )}
            {storeBytes === undefined ? null : (
                <Tile title={t`Size of the store`} foot={status.store}>
                    {bytesInWords(storeBytes, locale)}
                </Tile>
            )}
            <Tile title={t`Matrix`} foot={<Trans>The newest version that is spoken</Trans>}>
                {newest}
            </Tile>
            {status.runtime ? <Tile title={t`Runs on`}>{status.runtime}</Tile> : null}
        </div>
    );
}

function Followers({ followers }: { followers: readonly Follower[] }) {
    const { t } = useLingui();
    return (
        <section className="card" aria-label={t`What follows the log`}>
            <header>
                <h2>{t`What follows the log`}</h2>
            </header>
            <ul>
                {followers.map((one) => (
                    <li key={one.name} className="pad row wrap between line">
                        <b>{one.name}</b>
                        <Behind follower={one} />
                    </li>
                ))}
            </ul>
            {followers.length === 0 ? (
                <p className="pad">
                    <Trans>Nothing follows it yet.</Trans>
                </p>
            ) : null}
        </section>
    );
}

function Behind({ follower }: { follower: Follower }) {
    const locale = useLocale();
    const { lag, failingSince } = follower;
    if (failingSince) {
        const since = new Intl.DateTimeFormat(locale, {
            dateStyle: 'medium',
            timeStyle: 'short',
        }).format(failingSince);
        return (
            <span className="tag danger">
                <Icon name="error" size={14} />
                <Trans>Fails since {since}</Trans>
            </span>
        );
    }
    if (lag === 0) {
        return (
            <span className="tag ok">
                <Icon name="check" size={14} />
                <Trans>Up to date</Trans>
            </span>
        );
    }
    return (
        <span className={lag > LATE ? 'tag warn' : 'tag plain'}>
            <Icon name="clock" size={14} />
            <Plural value={lag} one="# step behind" other="# steps behind" />
        </span>
    );
}
