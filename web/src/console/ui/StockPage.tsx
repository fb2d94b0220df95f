import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback } from 'react';
import { Fault } from '../../ui/Fault.tsx';
import { Icon, type IconName } from '../../ui/Icon.tsx';
import type { Holder, Stock } from '../model/desk.ts';
import type { DeskApi } from '../model/deskApi.ts';
import { Card, Facts, Tag, useDates } from './bits.tsx';
import { useAnswer } from './useAnswer.ts';

/** What new records are sealed with, and who keeps the shares that open them. */
export function StockPage({ desk }: { desk: DeskApi }) {
    const ask = useCallback(() => desk.stock(), [desk]);
    const { answer, trouble } = useAnswer(ask);
    return (
        <>
            <header>
                <div className="grow">
                    <h1>
                        <Trans>Stock and custodians</Trans>
                    </h1>
                    <p>
                        <Trans>
                            Seals are made offline by the custodians. The server has only the half
                            that opens nothing.
                        </Trans>
                    </p>
                </div>
            </header>
            <Fault trouble={trouble} />
            {answer?.low ? (
                <div className="note warn" role="status">
                    <Icon name="warn" />
                    <div>
                        <Plural
                            value={answer.left}
                            _0="No seal is left: no new record can start. Hold a ceremony now."
                            one="# seal is left. Hold a ceremony now: it takes weeks to arrange."
                            other="# seals are left. Hold a ceremony now: it takes weeks to arrange."
                        />
                    </div>
                </div>
            ) : null}
            {answer?.stocks.map((stock) => (
                <StockCard key={stock.id} stock={stock} />
            ))}
        </>
    );
}

const SIGNS: Record<Stock['state'], { icon: IconName; tone: 'ok' | 'warn' | 'danger' | 'plain' }> =
    {
        arriving: { icon: 'clock', tone: 'plain' },
        whole: { icon: 'clock', tone: 'warn' },
        sound: { icon: 'check', tone: 'ok' },
        unsound: { icon: 'x', tone: 'danger' },
    };

function StockCard({ stock }: { stock: Stock }) {
    const { t } = useLingui();
    const dates = useDates();
    const words: Record<Stock['state'], string> = {
        arriving: t`Arriving`,
        whole: t`A tenth is to be opened`,
        sound: t`In use`,
        unsound: t`Faulty, never used`,
    };
    const { icon, tone } = SIGNS[stock.state];
    const name = dates.day(stock.madeAt);
    const { firstPeriod, lastPeriod, quorum } = stock;
    const held = stock.holders.length;
    return (
        <Card
            title={t`Ceremony of ${name}`}
            aside={
                <Tag tone={tone} icon={icon}>
                    {words[stock.state]}
                </Tag>
            }
        >
            <Facts
                facts={[
                    [t`Free seals`, dates.number(stock.left)],
                    [t`Bound to conversations`, dates.number(stock.bound)],
                    [t`Opened as a sample, and discarded`, dates.number(stock.opened)],
                    [
                        t`Each has devices for`,
                        firstPeriod && lastPeriod ? t`${firstPeriod} to ${lastPeriod}` : '',
                    ],
                    [
                        t`Spare devices of each`,
                        stock.spares === undefined ? '' : dates.number(stock.spares),
                    ],
                    [t`An opening takes`, t`${quorum} of ${held} custodians`],
                    [t`Rehearsed`, stock.rehearsedAt ? dates.day(stock.rehearsedAt) : t`Never`],
                ]}
            />
            {stock.holdersLow && stock.state === 'sound' ? (
                <div className="pad">
                    <div className="note warn">
                        <Icon name="warn" />
                        <div>
                            <Trans>
                                Too few custodians have counted their shares this quarter. Ask them
                                to count, or have the keys split anew.
                            </Trans>
                        </div>
                    </div>
                </div>
            ) : null}
            <Holders holders={stock.holders} />
        </Card>
    );
}

function Holders({ holders }: { holders: readonly Holder[] }) {
    const { t } = useLingui();
    return (
        <table className="table-cards">
            <caption className="sr">
                <Trans>Custodians</Trans>
            </caption>
            <thead>
                <tr>
                    <th scope="col">{t`Custodian`}</th>
                    <th scope="col">{t`House`}</th>
                    <th scope="col">{t`Fingerprint`}</th>
                    <th scope="col">{t`Last count of shares`}</th>
                </tr>
            </thead>
            <tbody>
                {holders.map((one) => (
                    <tr key={one.fingerprint}>
                        <td>
                            <bdi>{one.name}</bdi>
                        </td>
                        <td data-col={t`House`}>
                            <bdi>{one.house}</bdi>
                        </td>
                        <td data-col={t`Fingerprint`}>
                            <span className="exact">{one.fingerprint}</span>
                        </td>
                        <td data-col={t`Last count of shares`}>
                            <CountTag holder={one} />
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

function CountTag({ holder }: { holder: Holder }) {
    const dates = useDates();
    if (holder.countedAt === undefined) {
        return (
            <Tag tone="plain" icon="clock">
                <Trans>Not counted yet</Trans>
            </Tag>
        );
    }
    const day = dates.day(holder.countedAt);
    return holder.bad > 0 ? (
        <Tag tone="danger" icon="x">
            <Trans>
                {day}: {holder.bad} corrupt
            </Trans>
        </Tag>
    ) : (
        <Tag tone="ok" icon="check">
            <Trans>
                {day}: {holder.good} good
            </Trans>
        </Tag>
    );
}
