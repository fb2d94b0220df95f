import { useState } from 'react';
import { useHome } from '../../../ui/session.tsx';
import { useView } from '../../../ui/useView.ts';
import { Compare } from './Compare.tsx';
import { ConfirmThis } from './ConfirmThis.tsx';
import { LaterContext } from './later.ts';
import { RecoveryCode } from './RecoveryCode.tsx';

/**
 * Stands before the chats for a moment where keys ask for it: the code after the first sign-in, the
 * confirmation of a new device, the comparison between two. Each can be put off.
 */
export function SecurityGate({ children }: { children: React.ReactNode }) {
    const { security } = useHome();
    const { state, code, comparison } = useView(security);
    const [later, setLater] = useState(false);
    if (comparison && comparison.step !== 'done') {
        return <Compare comparison={comparison} />;
    }
    if (state === 'unconfirmed' && !later) {
        return <ConfirmThis onLater={() => setLater(true)} />;
    }
    if (code) {
        return <RecoveryCode code={code} />;
    }
    return <LaterContext value={() => setLater(false)}>{children}</LaterContext>;
}
