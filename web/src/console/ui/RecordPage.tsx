import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Fault } from '../../ui/Fault.tsx';
import { href } from '../../ui/route.ts';
import { useLocale } from '../../ui/useLocale.ts';
import { bytesInWords } from '../model/bytes.ts';
import type { Gap, RoomPlace } from '../model/desk.ts';
import type { DeskApi } from '../model/deskApi.ts';
import { Card, Facts, Tag, useDates } from './bits.tsx';
import { FIRST_PAGE, Pager } from './Pager.tsx';
import { CoverageTag } from './RecordsPage.tsx';
import { useAnswer } from './useAnswer.ts';

/** One kept conversation: how much there is, what is missing, what the log says of it. */
export function RecordPage({ desk, id }: { desk: DeskApi; id: string }) {
    const ask = useCallback(() => desk.room(id), [desk, id]);
    const { answer: room, trouble } = useAnswer(ask);
    return (
        <>
            <header>
                <div className="grow">
                    <p>
                        <a href={href('records')}>
                            <Trans>All kept conversations</Trans>
                        </a>
                    </p>
                    <h1>
                        <bdi>{room?.name ?? id}</bdi>
                    </h1>
                    <p className="exact">{id}</p>
                </div>
                {room ? <CoverageTag room={room} /> : null}
            </header>
            <Fault trouble={trouble} />
            {room ? <About room={room} /> : null}
            <Gaps desk={desk} id={id} />
            <Leaves desk={desk} id={id} />
        </>
    );
}

function About({ room }: { room: RoomPlace }) {
    const { t } = useLingui();
    const locale = useLocale();
    const dates = useDates();
    return (
        <Card title={t`What is kept`}>
            <Facts
                facts={[
                    [t`Kept since`, dates.day(room.openedAt)],
                    [t`Events`, dates.number(room.events)],
                    [t`Keys that were sent to the archive`, dates.number(room.letters)],
                    [t`Size`, bytesInWords(room.bytes, locale)],
                    [t`Archive user`, <bdi key="it">{room.archive}</bdi>],
                    [t`Sealed device for`, room.period],
                    [t`Has devices until`, room.ends],
                    [
                        t`Spare devices left`,
                        room.sparesLeft === undefined ? '' : dates.number(room.sparesLeft),
                    ],
                ]}
            />
        </Card>
    );
}

function Gaps({ desk, id }: { desk: DeskApi; id: string }) {
    const { t } = useLingui();
    const dates = useDates();
    const [starts, setStarts] = useState(FIRST_PAGE);
    const from = starts.at(-1) ?? '';
    const ask = useCallback(() => desk.gaps(id, from), [desk, id, from]);
    const { answer, trouble } = useAnswer(ask);
    return (
        <Card title={t`What the archive may lack`}>
            <Fault trouble={trouble} />
            {answer?.rows.length === 0 ? (
                <p className="pad" role="status">
                    <Trans>
                        Nothing that is known. The senders were told of each gap in the
                        conversation.
                    </Trans>
                </p>
            ) : null}
            <ul>
                {(answer?.rows ?? []).map((gap) => (
                    <li key={gap.session} className="pad row wrap between line">
                        <div className="grow">
                            <b>
                                <bdi>{gap.sender}</bdi>
                            </b>
                            <p className="small muted">
                                <Trans>
                                    Device {gap.device}, since {dates.minute(gap.firstAt)}
                                </Trans>
                            </p>
                        </div>
                        <GapTag gap={gap} />
                    </li>
                ))}
            </ul>
            <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
        </Card>
    );
}

function GapTag({ gap }: { gap: Gap }) {
    const { from } = gap;
    if (gap.state === 'withheld') {
        return (
            <Tag tone="danger" icon="x">
                <Trans>Withheld by the sender’s device</Trans>
            </Tag>
        );
    }
    return (
        <Tag tone="warn" icon="warn">
            {gap.state === 'presumed' ? (
                <Trans>Only from message {from ?? 0} of this key on</Trans>
            ) : (
                <Trans>The key never came</Trans>
            )}
        </Tag>
    );
}

function Leaves({ desk, id }: { desk: DeskApi; id: string }) {
    const { t } = useLingui();
    const dates = useDates();
    const [starts, setStarts] = useState(FIRST_PAGE);
    const from = starts.at(-1) ?? '';
    const ask = useCallback(() => desk.leaves(id, from), [desk, id, from]);
    const { answer, trouble } = useAnswer(ask);
    const rows = answer?.rows ?? [];
    return (
        <Card title={t`Entries in the public log`}>
            <Fault trouble={trouble} />
            {rows.length > 0 ? (
                <table className="table-cards">
                    <caption className="sr">
                        <Trans>Entries in the public log</Trans>
                    </caption>
                    <thead>
                        <tr>
                            <th scope="col">{t`Up to`}</th>
                            <th scope="col">{t`Events`}</th>
                            <th scope="col">{t`Digest`}</th>
                        </tr>
                    </thead>
                    <tbody>
                        {rows.map((leaf) => (
                            <tr key={leaf.number}>
                                <td>{dates.minute(leaf.until)}</td>
                                <td data-col={t`Events`}>{dates.number(leaf.events)}</td>
                                <td data-col={t`Digest`}>
                                    <span className="exact wrap-any">{leaf.hash}</span>
                                </td>
                            </tr>
                        ))}
                    </tbody>
                </table>
            ) : null}
            {answer && rows.length === 0 ? (
                <p className="pad" role="status">
                    <Trans>None yet. One is made each hour in which something was said.</Trans>
                </p>
            ) : null}
            <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
        </Card>
    );
}
