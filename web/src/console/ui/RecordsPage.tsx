import { Plural, Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Fault } from '../../ui/Fault.tsx';
import { href } from '../../ui/route.ts';
import { type Desk, notWhole, type RoomRow } from '../model/desk.ts';
import type { DeskApi } from '../model/deskApi.ts';
import { Card, Tag, Tile, useDates } from './bits.tsx';
import { FIRST_PAGE, Pager } from './Pager.tsx';
import { useAnswer } from './useAnswer.ts';

/** How the kept conversations stand, and which they are. */
export function RecordsPage({ desk }: { desk: DeskApi }) {
    const ask = useCallback(() => desk.desk(), [desk]);
    const { answer, trouble } = useAnswer(ask);
    return (
        <>
            <header>
                <div className="grow">
                    <h1>
                        <Trans>Records desk</Trans>
                    </h1>
                    <p>
                        <Trans>
                            You see whether records are whole. To read one takes a case and a quorum
                            of custodians.
                        </Trans>
                    </p>
                </div>
                <a className="btn btn-main" href={href('cases', 'new')}>
                    <Trans>Ask for an opening</Trans>
                </a>
            </header>
            <Fault trouble={trouble} />
            {answer ? <Tiles of={answer} /> : null}
            <Rooms desk={desk} />
        </>
    );
}

function Tiles({ of }: { of: Desk }) {
    const { t } = useLingui();
    const { number } = useDates();
    const { sessions, rooms, ending, overdue, stock } = of;
    const holders = stock.stocks.find((one) => one.state === 'sound');
    return (
        <div className="tiles">
            <Tile
                title={t`Coverage`}
                icon="seal"
                warn={of.notWhole > 0}
                foot={
                    <Trans>
                        keys of messages are presumed to be in the archive from the first message
                        on. Only an opening proves it.
                    </Trans>
                }
            >
                <Trans>
                    {number(sessions - of.notWhole)} of {number(sessions)}
                </Trans>
            </Tile>
            <Tile
                title={t`Stock of seals`}
                icon="seal"
                warn={stock.low}
                foot={
                    stock.low ? (
                        <Trans>
                            Hold a ceremony now: without stock no new record can start.{' '}
                            <a href={href('stock')}>See the stock</a>
                        </Trans>
                    ) : (
                        <a href={href('stock')}>
                            <Trans>See the stock</Trans>
                        </a>
                    )
                }
            >
                <Plural value={stock.left} one="# left" other="# left" />
            </Tile>
            {holders ? (
                <Tile
                    title={t`Custodians`}
                    icon="key"
                    warn={holders.holdersLow}
                    foot={<Trans>have lately counted all their shares and found them good</Trans>}
                >
                    <Trans>
                        {holders.goodHolders} of {holders.holders.length}
                    </Trans>
                </Tile>
            ) : null}
            <Tile
                title={t`Kept conversations`}
                icon="chats"
                warn={ending + overdue > 0}
                foot={
                    ending + overdue > 0 ? (
                        <Plural
                            value={ending + overdue}
                            one="# has no sealed device for the time after this. Replace it."
                            other="# have no sealed device for the time after this. Replace them."
                        />
                    ) : undefined
                }
            >
                {number(rooms)}
            </Tile>
        </div>
    );
}

function Rooms({ desk }: { desk: DeskApi }) {
    const { t } = useLingui();
    const [starts, setStarts] = useState(FIRST_PAGE);
    const from = starts.at(-1) ?? '';
    const ask = useCallback(() => desk.rooms(from), [desk, from]);
    const { answer, trouble } = useAnswer(ask);
    return (
        <Card title={t`Kept conversations`}>
            <Fault trouble={trouble} />
            {answer && answer.rows.length > 0 ? <RoomTable rooms={answer.rows} /> : null}
            {answer?.rows.length === 0 ? (
                <p className="pad" role="status">
                    <Trans>No conversation is kept yet.</Trans>
                </p>
            ) : null}
            <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
        </Card>
    );
}

function RoomTable({ rooms }: { rooms: readonly RoomRow[] }) {
    const { t } = useLingui();
    const dates = useDates();
    return (
        <table className="table-cards">
            <caption className="sr">
                <Trans>Kept conversations</Trans>
            </caption>
            <thead>
                <tr>
                    <th scope="col">{t`Conversation`}</th>
                    <th scope="col">{t`Kept since`}</th>
                    <th scope="col">{t`Coverage`}</th>
                    <th scope="col">{t`Last entry in the log`}</th>
                </tr>
            </thead>
            <tbody>
                {rooms.map((room) => (
                    <tr key={room.id}>
                        <td>
                            <a href={href('records', room.id)}>
                                <bdi className={room.name ? undefined : 'exact'}>
                                    {room.name ?? room.id}
                                </bdi>
                            </a>
                        </td>
                        <td data-col={t`Kept since`}>{dates.day(room.openedAt)}</td>
                        <td data-col={t`Coverage`}>
                            <CoverageTag room={room} />
                        </td>
                        <td data-col={t`Last entry in the log`}>
                            {room.leafUntil ? dates.minute(room.leafUntil) : t`None yet`}
                        </td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

export function CoverageTag({ room }: { room: RoomRow }) {
    const lacking = notWhole(room.coverage);
    return lacking === 0 ? (
        <Tag tone="ok" icon="check">
            <Trans>Presumed whole</Trans>
        </Tag>
    ) : (
        <Tag tone="warn" icon="warn">
            <Plural value={lacking} one="# key is missing" other="# keys are missing" />
        </Tag>
    );
}
