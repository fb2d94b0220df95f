import type { Trouble } from '../matrix/types.ts';
import { Icon } from './Icon.tsx';
import { TroubleText } from './TroubleText.tsx';

/** What went wrong, where it went wrong; read out as soon as it stands there. */
export function Fault({ trouble }: { trouble: Trouble | undefined }) {
    return (
        <div role="alert">
            {trouble ? (
                <div className="note bad">
                    <Icon name="error" />
                    <div>
                        <TroubleText trouble={trouble} />
                    </div>
                </div>
            ) : null}
        </div>
    );
}
