import { Trans } from '@lingui/react/macro';
import { Mark } from '../../../ui/Mark.tsx';

/** What this is, under which licence, and what others made of it. */
export function AboutPage() {
    return (
        <>
            <Mark size={48} />
            <p>
                <Trans>
                    Chancery is a messenger for public bodies, over the open Matrix standard. What
                    you write in encrypted chats is locked on this device, before it leaves.
                </Trans>
            </p>
            <p>
                <Trans>It measures nothing about you, and sends nothing to third parties.</Trans>
            </p>
            <p>
                <Trans>Licence: European Union Public Licence (EUPL) 1.2.</Trans>
            </p>
            <p>
                <a href="/third-party.txt" target="_blank" rel="noreferrer">
                    <Trans>What others made of it, with their licences</Trans>
                </a>
            </p>
        </>
    );
}
