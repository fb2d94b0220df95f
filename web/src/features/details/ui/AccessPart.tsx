import { Trans, useLingui } from '@lingui/react/macro';
import type { ChatDetails } from '../../../matrix/index.ts';
import { Choice } from '../../../ui/Choice.tsx';
import { Fault } from '../../../ui/Fault.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { Part } from '../../../ui/Panel.tsx';
import { useAct } from '../../../ui/useAct.ts';
import { useView } from '../../../ui/useView.ts';
import { FromWhen, WhoMayJoin } from './WhoPanel.tsx';

/** Who may join, and what those who do see of before; to be changed by who may. */
export function AccessPart({ details }: { details: ChatDetails }) {
    const { t } = useLingui();
    const snapshot = useView(details);
    const access = useAct((to: 'invited' | 'asking') => details.setAccess(to));
    const history = useAct((to: 'shared' | 'invited' | 'joined') => details.setHistory(to));
    const mayAccess =
        snapshot.can.access && (snapshot.access === 'invited' || snapshot.access === 'asking');
    const mayHistory = snapshot.can.history && snapshot.history !== 'anyone';
    return (
        <>
            <Part icon={<Icon name="door" />} title={t`Who may join`}>
                {mayAccess ? (
                    <Choice
                        label={t`Who may join`}
                        value={snapshot.access as 'invited' | 'asking'}
                        options={[
                            ['invited', t`Only the invited`],
                            ['asking', t`The invited, and who asks and is let in`],
                        ]}
                        onChange={(to) => void access.run(to)}
                    />
                ) : (
                    <p>
                        <WhoMayJoin details={snapshot} />
                    </p>
                )}
                <Fault trouble={access.trouble} />
            </Part>
            <Part icon={<Icon name="clock" />} title={t`Who joins later`}>
                {mayHistory ? (
                    <Choice
                        label={t`Who joins later`}
                        value={snapshot.history as 'shared' | 'invited' | 'joined'}
                        options={[
                            ['shared', t`May be given what was said before`],
                            ['invited', t`Reads from the invitation on`],
                            ['joined', t`Reads from the moment of joining`],
                        ]}
                        onChange={(to) => void history.run(to)}
                    />
                ) : (
                    <p>
                        <FromWhen details={snapshot} />
                    </p>
                )}
                <p className="muted">
                    <Trans>A change counts for what is said from now on.</Trans>
                </p>
                <Fault trouble={history.trouble} />
            </Part>
        </>
    );
}
