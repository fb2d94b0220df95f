import { Trans, useLingui } from '@lingui/react/macro';
import { Desk } from '../../../ui/Desk.tsx';
import { AccountForm } from './AccountForm.tsx';
import { LinkGate } from './LinkGate.tsx';
import { useFacts } from './useFacts.ts';

/** An account by invitation. */
export function Invited({ token }: { token: string }) {
    const { t } = useLingui();
    const facts = useFacts();
    return (
        <LinkGate token={token}>
            <Desk title={t`You are invited`} aside={facts?.brand}>
                <div className="sheet">
                    <div>
                        <h1>
                            <Trans>You are invited</Trans>
                        </h1>
                        <p className="lead">
                            {facts?.brand ? (
                                <Trans>Make your account for the messenger of {facts.brand}.</Trans>
                            ) : (
                                <Trans>Make your account. No app and no phone number needed.</Trans>
                            )}
                        </p>
                    </div>
                    <AccountForm token={token} serverName={facts?.serverName} act={t`Join`} />
                    <p className="small muted">
                        <Trans>
                            You have an account already? <a href="#/">Sign in</a>
                        </Trans>
                    </p>
                </div>
            </Desk>
        </LinkGate>
    );
}
