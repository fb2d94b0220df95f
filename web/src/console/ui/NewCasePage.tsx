import { Trans, useLingui } from '@lingui/react/macro';
import { type FormEvent, useCallback, useState } from 'react';
import { BusyButton } from '../../ui/Busy.tsx';
import { Choice } from '../../ui/Choice.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { go, href } from '../../ui/route.ts';
import { useAct } from '../../ui/useAct.ts';
import {
    cardOf,
    type Draft,
    type Card as KeyCard,
    KINDS,
    type Kind,
    lackOf,
    type Wish,
} from '../model/cases.ts';
import type { DeskApi } from '../model/deskApi.ts';
import { Card } from './bits.tsx';
import { useKinds } from './CasesPage.tsx';
import { FilePick } from './FilePick.tsx';
import { FIRST_PAGE, Pager } from './Pager.tsx';
import { useAnswer } from './useAnswer.ts';

const EMPTY: Draft = { kind: 'oversight', rooms: [], noticeAt: '', noticeReason: '' };

/** Writes a case down: why, about what and when, and who approves it. */
export function NewCasePage({ desk }: { desk: DeskApi }) {
    const { t } = useLingui();
    const kinds = useKinds();
    const [wish, setWish] = useState(EMPTY);
    const [tried, setTried] = useState(false);
    const set = (more: Draft) => setWish((now) => ({ ...now, ...more }));
    const lack = lackOf(wish);
    const { run, busy, trouble } = useAct(async () => {
        const made = await desk.draft(wish as Wish);
        go(href('cases', made.id));
    });
    const submit = (event: FormEvent) => {
        event.preventDefault();
        setTried(true);
        if (lack === undefined) void run();
    };
    const text = (name: 'reference' | 'article' | 'necessity' | 'approver', label: string) => (
        <TextField
            label={label}
            value={wish[name] ?? ''}
            maxLength={1000}
            onChange={(value) => set({ [name]: value })}
        />
    );
    return (
        <>
            <header>
                <div className="grow">
                    <p>
                        <a href={href('cases')}>
                            <Trans>All openings</Trans>
                        </a>
                    </p>
                    <h1>
                        <Trans>Ask for an opening</Trans>
                    </h1>
                </div>
            </header>
            <form onSubmit={submit} noValidate className="stack">
                <Card title={t`Why`}>
                    <div className="pad stack">
                        <Choice<Kind>
                            label={t`Ground`}
                            value={wish.kind ?? 'oversight'}
                            options={KINDS.map((kind) => [kind, kinds[kind]] as const)}
                            onChange={(kind) => set({ kind })}
                        />
                        {text('reference', t`Number or name of the case`)}
                        {text('article', t`Article of the regulation`)}
                        {text('necessity', t`Why it is necessary, and why nothing less will do`)}
                    </div>
                </Card>
                <Rooms desk={desk} chosen={wish.rooms ?? []} onChosen={(rooms) => set({ rooms })} />
                <Card title={t`When`}>
                    <div className="pad stack">
                        <TextField
                            label={t`First day`}
                            type="date"
                            value={wish.from ?? ''}
                            onChange={(from) => set({ from })}
                        />
                        <TextField
                            label={t`Last day`}
                            type="date"
                            value={wish.until ?? ''}
                            onChange={(until) => set({ until })}
                        />
                        <TextField
                            label={t`Tell the members on`}
                            hint={t`Left empty: at once. A later day needs a reason.`}
                            type="date"
                            value={wish.noticeAt ?? ''}
                            onChange={(noticeAt) => set({ noticeAt })}
                        />
                        {wish.noticeAt ? (
                            <TextField
                                label={t`Why they are told later`}
                                value={wish.noticeReason ?? ''}
                                onChange={(noticeReason) => set({ noticeReason })}
                            />
                        ) : null}
                    </div>
                </Card>
                <Cards
                    wish={wish}
                    onChange={set}
                    approver={text('approver', t`Approver’s address`)}
                />
                {tried && lack !== undefined ? <Lack lack={lack} /> : null}
                <Fault trouble={trouble} />
                <div className="row">
                    <BusyButton busy={busy}>
                        <Trans>Write the case</Trans>
                    </BusyButton>
                </div>
            </form>
        </>
    );
}

function Lack({ lack }: { lack: NonNullable<ReturnType<typeof lackOf>> }) {
    const { t } = useLingui();
    const words = {
        words: t`Say which case it is, by which article, and why it is necessary.`,
        rooms: t`Choose a conversation.`,
        days: t`Name the first and the last day.`,
        cards: t`Name the approver, and choose the three cards.`,
        same: t`Nobody approves their own case: the two cards are of one key.`,
    };
    return (
        <div className="note bad" role="alert">
            <Icon name="error" />
            <div>{words[lack]}</div>
        </div>
    );
}

interface RoomsProps {
    desk: DeskApi;
    chosen: readonly string[];
    onChosen: (rooms: readonly string[]) => void;
}

function Rooms({ desk, chosen, onChosen }: RoomsProps) {
    const { t } = useLingui();
    const [starts, setStarts] = useState(FIRST_PAGE);
    const from = starts.at(-1) ?? '';
    const ask = useCallback(() => desk.rooms(from), [desk, from]);
    const { answer, trouble } = useAnswer(ask);
    return (
        <Card title={t`Conversations`}>
            <Fault trouble={trouble} />
            <fieldset className="few pad">
                <legend className="sr">{t`Conversations`}</legend>
                {(answer?.rows ?? []).map(({ id, name }) => (
                    <label key={id}>
                        <input
                            type="checkbox"
                            className="check"
                            checked={chosen.includes(id)}
                            onChange={(event) =>
                                onChosen(
                                    event.target.checked
                                        ? [...chosen, id]
                                        : chosen.filter((one) => one !== id),
                                )
                            }
                        />
                        <bdi className={name ? undefined : 'exact wrap-any'}>{name ?? id}</bdi>
                    </label>
                ))}
            </fieldset>
            <Pager starts={starts} next={answer?.next} onStarts={setStarts} />
        </Card>
    );
}

interface CardsProps {
    wish: Draft;
    approver: React.ReactNode;
    onChange: (more: Draft) => void;
}

/** Whose keys sign, and to whose key the custodians release: from cards that were handed over. */
function Cards({ wish, approver, onChange }: CardsProps) {
    const { t } = useLingui();
    const { own, approverCard, readingRoom } = wish;
    return (
        <Card title={t`Who`}>
            <div className="pad stack">
                <p>
                    <Trans>
                        Cards are public files of the custodians’ program. Take them from the people
                        themselves.
                    </Trans>
                </p>
                <OneCard
                    label={t`Your card`}
                    card={own}
                    onCard={(card) => onChange({ own: card })}
                />
                {approver}
                <OneCard
                    label={t`The approver’s card`}
                    card={approverCard}
                    onCard={(card) => onChange({ approverCard: card })}
                />
                <OneCard
                    label={t`The card of the machine that opens the records`}
                    card={readingRoom}
                    onCard={(card) => onChange({ readingRoom: card })}
                />
            </div>
        </Card>
    );
}

interface OneCardProps {
    label: string;
    card: KeyCard | undefined;
    onCard: (card: KeyCard | undefined) => void;
}

function OneCard({ label, card, onCard }: OneCardProps) {
    const [tried, setTried] = useState(false);
    const take = (words: string) => {
        setTried(true);
        onCard(cardOf(words));
    };
    return (
        <div className="stack-2">
            <FilePick label={label} onWords={take} />
            {card ? (
                <p className="small" role="status">
                    <bdi>
                        {card.name}, {card.house}
                    </bdi>
                </p>
            ) : null}
            {tried && !card ? (
                <p className="error-text" role="alert">
                    <Icon name="error" size={16} />
                    <Trans>This file is no card.</Trans>
                </p>
            ) : null}
        </div>
    );
}
