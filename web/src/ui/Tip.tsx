import type { ReactNode } from 'react';
import { Tooltip } from 'react-aria-components';

/** The words of a button without words. */
export function Tip({ children }: { children: ReactNode }) {
    return (
        <Tooltip className="tip" offset={6}>
            {children}
        </Tooltip>
    );
}
