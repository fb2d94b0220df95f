import { Trans, useLingui } from '@lingui/react/macro';
import { useCallback, useState } from 'react';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { Fault } from '../../ui/Fault.tsx';
import { TextField } from '../../ui/fields.tsx';
import { Icon } from '../../ui/Icon.tsx';
import { href } from '../../ui/route.ts';
import { useAct } from '../../ui/useAct.ts';
import { type Case, signatureOf } from '../model/cases.ts';
import type { DeskApi } from '../model/deskApi.ts';
import { saveFile } from '../model/saveFile.ts';
import { Card, Facts, useDates } from './bits.tsx';
import { CaseTag, useKinds } from './CasesPage.tsx';
import { FilePick } from './FilePick.tsx';
import { useAnswer } from './useAnswer.ts';

interface CasePageProps {
    desk: DeskApi;
    id: string;
    /** Who is signed in. */
    me: string;
}

/** One case: what it is, the next step, and what comes of it. */
export function CasePage({ desk, id, me }: CasePageProps) {
    const ask = useCallback(() => desk.caseOf(id), [desk, id]);
    const { answer: one, trouble, look } = useAnswer(ask);
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
                        <bdi>{one?.reference ?? id}</bdi>
                    </h1>
                    <p className="exact">{id}</p>
                </div>
                {one ? <CaseTag state={one.state} /> : null}
            </header>
            <Fault trouble={trouble} />
            {one ? (
                <>
                    <NextStep desk={desk} of={one} me={me} onDone={look} />
                    <About of={one} />
                </>
            ) : null}
        </>
    );
}

interface StepProps {
    desk: DeskApi;
    of: Case;
    me: string;
    onDone: () => void;
}

/** What is to be done now, and by whom; the others read for whom it waits. */
function NextStep({ desk, of, me, onDone }: StepProps) {
    const { t } = useLingui();
    const { requester, approver } = of;
    const mine = me === (of.state === 'drafted' ? requester.user : approver.user);
    if (of.state === 'approved') {
        return <Outcome desk={desk} of={of} me={me} />;
    }
    if (of.state === 'refused') {
        return (
            <Card title={t`Refused`}>
                <p className="pad">
                    <bdi>{of.refusal}</bdi>
                </p>
            </Card>
        );
    }
    if (mine) {
        return <Signing desk={desk} of={of} me={me} onDone={onDone} />;
    }
    const name = of.state === 'drafted' ? requester.name : approver.name;
    return (
        <Card title={t`Next step`}>
            <div className="pad stack">
                <p>
                    <Trans>
                        This waits for {name}, who signs on their own machine. Send them the address
                        of this page.
                    </Trans>
                </p>
            </div>
        </Card>
    );
}

function Signing({ desk, of, onDone }: StepProps) {
    const { t } = useLingui();
    const [bad, setBad] = useState(false);
    const [refusing, setRefusing] = useState(false);
    const asks = of.state === 'drafted';
    const file = `case-${of.id}.json`;
    const { run, trouble } = useAct(async (signature: string) => {
        await desk.sign(of.id, asks ? 'request' : 'approval', signature);
        onDone();
    });
    const take = (words: string) => {
        const signature = signatureOf(words, asks ? 'requested' : 'approved');
        setBad(signature === undefined);
        if (signature !== undefined) void run(signature);
    };
    return (
        <Card title={asks ? t`Sign, to ask` : t`Sign, to approve`}>
            <div className="pad stack">
                <p>
                    <Trans>
                        Your key never comes to this server. Take the case to your own machine, read
                        it there, sign it, and bring the signed file back.
                    </Trans>
                </p>
                <div className="row wrap">
                    <Button
                        icon="download"
                        onPress={() =>
                            saveFile(
                                file,
                                new Blob([JSON.stringify(of.entry)], { type: JSON_TYPE }),
                            )
                        }
                    >
                        <Trans>Download the case</Trans>
                    </Button>
                </div>
                <div className="field">
                    <p className="label">
                        <Trans>On your own machine, say:</Trans>
                    </p>
                    <code className="command">
                        chancery case sign --case {file} --key {t`YOUR-KEY-FILE`}
                    </code>
                </div>
                <FilePick label={t`The signed case`} onWords={take} />
                {bad ? (
                    <div className="note bad" role="alert">
                        <Icon name="error" />
                        <div>
                            <Trans>This file is not the case with your signature.</Trans>
                        </div>
                    </div>
                ) : null}
                <Fault trouble={trouble} />
                {asks ? null : (
                    <div className="row">
                        <Button icon="x" onPress={() => setRefusing(true)}>
                            <Trans>Refuse</Trans>
                        </Button>
                    </div>
                )}
            </div>
            {refusing ? (
                <Refusal desk={desk} of={of} onClose={() => setRefusing(false)} onDone={onDone} />
            ) : null}
        </Card>
    );
}

const JSON_TYPE = 'application/json';

interface RefusalProps {
    desk: DeskApi;
    of: Case;
    onClose: () => void;
    onDone: () => void;
}

function Refusal({ desk, of, onClose, onDone }: RefusalProps) {
    const { t } = useLingui();
    const [reason, setReason] = useState('');
    const { run, busy, trouble } = useAct(async () => {
        await desk.refuse(of.id, reason);
        onClose();
        onDone();
    });
    return (
        <Dialog
            title={t`Refuse this case?`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Cancel</Trans>
                    </Button>
                    <Button
                        look="danger"
                        isDisabled={busy || reason.trim() === ''}
                        onPress={() => void run()}
                    >
                        <Trans>Refuse</Trans>
                    </Button>
                </>
            }
        >
            <TextField
                label={t`Reason`}
                hint={t`A refusal is for good. Who asked reads the reason.`}
                value={reason}
                maxLength={1000}
                onChange={setReason}
            />
            <Fault trouble={trouble} />
        </Dialog>
    );
}

/** What custodians and the archivist take from here. */
function Outcome({ desk, of, me }: { desk: DeskApi; of: Case; me: string }) {
    const { t } = useLingui();
    const mayFetch = me === of.requester.user || me === of.approver.user;
    const proof = useAct(async () => {
        saveFile(`case-${of.id}.tlog-proof`, new Blob([await desk.proof(of.id)]));
    });
    const dossier = useAct(async () => {
        saveFile(`dossier-${of.id}.tar`, await desk.dossier(of.id));
    });
    return (
        <Card title={t`For custodians and the archivist`}>
            <div className="pad stack">
                <p>
                    <Trans>
                        The case is in the public log. Custodians check its proof before they
                        release a share; the archivist opens the dossier on a machine of their own.
                    </Trans>
                </p>
                <div className="row wrap">
                    <Button
                        icon="download"
                        isDisabled={proof.busy}
                        onPress={() => void proof.run()}
                    >
                        <Trans>Download the proof</Trans>
                    </Button>
                    {mayFetch ? (
                        <Button
                            look="main"
                            icon="download"
                            isDisabled={dossier.busy}
                            onPress={() => void dossier.run()}
                        >
                            <Trans>Download the dossier</Trans>
                        </Button>
                    ) : null}
                </div>
                {dossier.busy ? (
                    <p role="status">
                        <Trans>The dossier is written. This takes a while for large records.</Trans>
                    </p>
                ) : null}
                {mayFetch ? null : (
                    <p className="small muted">
                        <Trans>Only its two officers can fetch the dossier.</Trans>
                    </p>
                )}
                {(proof.trouble ?? dossier.trouble)?.kind === 'gone' ? (
                    <div className="note" role="status">
                        <Icon name="clock" />
                        <div>
                            <Trans>Witnesses have not seen the case yet. Try again later.</Trans>
                        </div>
                    </div>
                ) : (
                    <Fault trouble={proof.trouble ?? dossier.trouble} />
                )}
            </div>
        </Card>
    );
}

function About({ of }: { of: Case }) {
    const { t } = useLingui();
    const dates = useDates();
    const kinds = useKinds();
    const noticed = of.noticedAt
        ? t`Told on ${dates.minute(of.noticedAt)}`
        : t`Will be told on ${dates.minute(of.noticeAt)}`;
    return (
        <Card title={t`The case`}>
            <Facts
                facts={[
                    [t`Ground`, kinds[of.kind]],
                    [t`Article`, <bdi key="it">{of.article}</bdi>],
                    [t`Why it is necessary`, <bdi key="it">{of.necessity}</bdi>],
                    [t`Asked by`, <Named key="it" of={of.requester} />],
                    [t`Approved or refused by`, <Named key="it" of={of.approver} />],
                    [t`Members of the conversations`, noticed],
                    [t`Why they are told later`, of.noticeReason],
                ]}
            />
            <ul>
                {of.scope.map((part) => (
                    <li key={part.room} className="pad line">
                        <b>
                            <bdi className={part.name ? undefined : 'exact wrap-any'}>
                                {part.name ?? part.room}
                            </bdi>
                        </b>
                        <p className="small muted">
                            <Trans>
                                {dates.day(part.from)} to {dates.day(part.until - 1)}
                            </Trans>
                        </p>
                    </li>
                ))}
            </ul>
        </Card>
    );
}

function Named({ of }: { of: { name: string; user: string } }) {
    return (
        <>
            <bdi>{of.name}</bdi> <span className="exact muted">{of.user}</span>
        </>
    );
}
