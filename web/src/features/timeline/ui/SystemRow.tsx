import { Plural } from '@lingui/react/macro';
import { memo, useState } from 'react';
import type { Message } from '../../../matrix/index.ts';
import { systemLine } from './words.ts';

const SHOWN = 3;

interface SystemRowProps {
    messages: readonly Message[];
    reachable: boolean;
}

/** What happened that nobody said. A long run shows its last lines. */
export const SystemRow = memo(function SystemRow({ messages, reachable }: SystemRowProps) {
    const [all, setAll] = useState(false);
    const lines = messages.filter((each) => each.system);
    const folded = all ? 0 : Math.max(0, lines.length - SHOWN);
    return (
        <div role="listitem" className="system">
            {folded > 0 ? (
                <button
                    type="button"
                    className="btn btn-quiet btn-sm"
                    tabIndex={reachable ? 0 : -1}
                    onClick={() => setAll(true)}
                >
                    <Plural value={folded} one="# earlier change" other="# earlier changes" />
                </button>
            ) : null}
            {lines.slice(folded).map((each) => (
                <p key={each.key} data-message={each.key}>
                    {each.system ? systemLine(each.system) : null}
                </p>
            ))}
        </div>
    );
});
