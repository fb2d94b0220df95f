import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Fault } from '../../ui/Fault.tsx';
import type { IconName } from '../../ui/Icon.tsx';
import { href } from '../../ui/route.ts';
import { type Case, type CaseState, type Kind, waitsFor } from '../model/cases.ts';
import type { DeskApi } from '../model/deskApi.ts';
import { Card, Tag, useDates } from './bits.tsx';
import { FIRST_PAGE, Pager } from './Pager.tsx';
import { useAnswer } from './useAnswer.ts';

interface CasesPageProps {
    desk: DeskApi;
    /** Who is signed in. */
    me: string;
    /** Whether they may ask for an opening; others see those that name them. */
    mayAsk: boolean;
}

/** Openings that were asked for, the newest first. */
export function CasesPage({ desk, me, mayAsk }: CasesPageProps) {
    const { t } = useLingui();
    const [starts, setStarts] = useState(FIRST_PAGE);
    const before = starts.at(-1) ?? '';
    const ask = useCallback(() => desk.cases(before), [desk, before]);
    const { answer, trouble } = useAnswer(ask);
    const rows = answer?.rows ?? [];
    return (
        <>
            <header>
                <div className="grow">
                    <h1>
                        <Trans>Openings</Trans>
                    </h1>
                    <p>
                        <Trans>
                            Records are opened for a case that one person asks for and another
                            approves. Each step is in the public log.
                        </Trans>
                    </p>
                </div>
                {mayAsk ? (
                    <a className="btn btn-main" href={href('cases', 'new')}>
                        <Trans>Ask for an opening</Trans>
                    </a>
                ) : null}
            </header>
            <Fault trouble={trouble} />
            <Card title={t`Cases`}>
                {rows.length > 0 ? <Table cases={rows} me={me} /> : null}
                {answer && rows.length === 0 ? (
                    <p className="pad" role="status">
                        <Trans>Nobody has asked for an opening.</Trans>
                    </p>
                ) : null}
                <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
            </Card>
        </>
    );
}

function Table({ cases, me }: { cases: readonly Case[]; me: string }) {
    const { t } = useLingui();
    const dates = useDates();
    const kinds = useKinds();
    return (
        <table className="table-cards">
            <caption className="sr">
                <Trans>Cases</Trans>
            </caption>
            <thead>
                <tr>
                    <th scope="col">{t`Case`}</th>
                    <th scope="col">{t`Ground`}</th>
                    <th scope="col">{t`Asked by`}</th>
                    <th scope="col">{t({ message: 'State', context: 'of a case' })}</th>
                    <th scope="col">{t`Since`}</th>
                </tr>
            </thead>
            <tbody>
                {cases.map((one) => (
                    <tr key={one.id}>
                        <td>
                            <a href={href('cases', one.id)}>
                                <bdi>{one.reference}</bdi>
                            </a>
                        </td>
                        <td data-col={t`Ground`}>
                            {kinds[one.kind]}, <bdi>{one.article}</bdi>
                        </td>
                        <td data-col={t`Asked by`}>
                            <bdi>{one.requester.name}</bdi>
                        </td>
                        <td data-col={t({ message: 'State', context: 'of a case' })}>
                            <CaseTag state={one.state} />{' '}
                            {waitsFor(one) === me ? (
                                <Tag tone="warn" icon="letter">
                                    <Trans>Waits for you</Trans>
                                </Tag>
                            ) : null}
                        </td>
                        <td data-col={t`Since`}>{dates.day(one.changedAt)}</td>
                    </tr>
                ))}
            </tbody>
        </table>
    );
}

export function useKinds(): Record<Kind, string> {
    const { t } = useLingui();
    return {
        oversight: t`Oversight`,
        freedom_of_information: t`Freedom of information`,
        subject_access: t`Access to one’s own data`,
        business_use: t`Work of the dossier’s members`,
        transfer: t`Transfer to an archive`,
        court_order: t`Court order`,
    };
}

const SIGNS: Record<CaseState, { icon: IconName; tone: 'ok' | 'warn' | 'danger' | 'plain' }> = {
    drafted: { icon: 'letter', tone: 'plain' },
    requested: { icon: 'clock', tone: 'warn' },
    approved: { icon: 'check', tone: 'ok' },
    refused: { icon: 'x', tone: 'danger' },
};

export function CaseTag({ state }: { state: CaseState }) {
    const { t } = useLingui();
    const words: Record<CaseState, string> = {
        drafted: t`To be signed by who asks`,
        requested: t`To be approved`,
        approved: t`Approved`,
        refused: t`Refused`,
    };
    return (
        <Tag tone={SIGNS[state].tone} icon={SIGNS[state].icon}>
            {words[state]}
        </Tag>
    );
}
