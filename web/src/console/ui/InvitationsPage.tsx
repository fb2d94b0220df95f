import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { undoable } from '../../ui/toasts.ts';
import { useAct } from '../../ui/useAct.ts';
import { useLocale } from '../../ui/useLocale.ts';
import type { InvitationRow } from '../model/answers.ts';
import type { Api } from '../model/api.ts';
import { InviteDialog } from './InviteDialog.tsx';
import { FIRST_PAGE, Pager } from './Pager.tsx';
import { useAnswer } from './useAnswer.ts';

/** The links that still work, and taking them back. */
export function InvitationsPage({ api }: { api: Api }) {
    const { t } = useLingui();
    const [inviting, setInviting] = useState(false);
    const [going, setGoing] = useState<ReadonlySet<string>>(new Set());
    const [starts, setStarts] = useState(FIRST_PAGE);
    const from = starts.at(-1) ?? '';
    const ask = useCallback(() => api.invitations(from), [api, from]);
    const { answer, trouble, look } = useAnswer(ask);
    const back = useAct((id: string) => api.takeBack(id));
    const takeBack = ({ id }: InvitationRow) => {
        setGoing((now) => new Set([...now, id]));
        undoable({
            text: t`The invitation is taken back.`,
            undo: () => setGoing((now) => new Set([...now].filter((one) => one !== id))),
            done: () => void back.run(id).then(look),
        });
    };
    const shown = answer?.invitations.filter((one) => !going.has(one.id)) ?? [];
    return (
        <>
            <header>
                <div className="grow">
                    <h1>
                        <Trans>Invitations</Trans>
                    </h1>
                    <p>
                        <Trans>
                            Links by which people make their account. They can’t be read again.
                        </Trans>
                    </p>
                </div>
                <Button look="main" icon="plus" onPress={() => setInviting(true)}>
                    <Trans>Invite</Trans>
                </Button>
            </header>
            <Fault trouble={trouble ?? back.trouble} />
            <section className="card" aria-label={t`Invitations`}>
                <Rows invitations={shown} onTakeBack={takeBack} />
                {answer && shown.length === 0 ? (
                    <p className="pad" role="status">
                        <Trans>No invitation is open.</Trans>
                    </p>
                ) : null}
                <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
            </section>
            {inviting ? (
                <InviteDialog
                    api={api}
                    onClose={() => {
                        setInviting(false);
                        setStarts(FIRST_PAGE);
                        look();
                    }}
                />
            ) : null}
        </>
    );
}

function isUsedUp({ uses, usesAllowed }: InvitationRow): boolean {
    return usesAllowed !== undefined && uses >= usesAllowed;
}

interface RowsProps {
    invitations: readonly InvitationRow[];
    onTakeBack: (invitation: InvitationRow) => void;
}

function Rows({ invitations, onTakeBack }: RowsProps) {
    const { t } = useLingui();
    const locale = useLocale();
    const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
    return (
        <table className="table-cards">
            <caption className="sr">
                <Trans>Invitations</Trans>
            </caption>
            <thead>
                <tr>
                    <th scope="col">{t`Made`}</th>
                    <th scope="col">{t`Used`}</th>
                    <th scope="col">{t`Works until`}</th>
                    <th scope="col">
                        <span className="sr">{t`Take back`}</span>
                    </th>
                </tr>
            </thead>
            <tbody>
                {invitations.map((one) => {
                    const made = one.createdAt ? day.format(one.createdAt) : '';
                    return (
                        <tr key={one.id}>
                            <td data-col={t`Made`}>{made}</td>
                            <td data-col={t`Used`}>
                                {one.usesAllowed === undefined ? (
                                    one.uses
                                ) : (
                                    <Trans>
                                        {one.uses} of {one.usesAllowed}
                                    </Trans>
                                )}
                            </td>
                            <td data-col={t`Works until`}>
                                {one.expiresAt ? day.format(one.expiresAt) : t`No end`}
                            </td>
                            <td>
                                {isUsedUp(one) ? (
                                    <span className="tag plain">{t`Used up`}</span>
                                ) : (
                                    <Button
                                        small
                                        aria-label={t`Take back the invitation of ${made}`}
                                        onPress={() => onTakeBack(one)}
                                    >
                                        <Trans>Take back</Trans>
                                    </Button>
                                )}
                            </td>
                        </tr>
                    );
                })}
            </tbody>
        </table>
    );
}
