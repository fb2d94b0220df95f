import { Trans } from '@lingui/react/macro';
import { Button } from '../../ui/Button.tsx';

interface PagerProps {
    /** Where each page begins that was turned to, the one in sight last. */
    starts: readonly string[];
    /** Where the next one begins; undefined on the last. */
    next: string | undefined;
    onStarts: (starts: readonly string[]) => void;
}

export const FIRST_PAGE: readonly string[] = [''];

/** To the page before and the page after; nothing where there is only one. */
export function Pager({ starts, next, onStarts }: PagerProps) {
    if (starts.length === 1 && next === undefined) {
        return null;
    }
    return (
        <div className="pager">
            <span className="grow" />
            <Button
                small
                isDisabled={starts.length === 1}
                onPress={() => onStarts(starts.slice(0, -1))}
            >
                <Trans>Previous</Trans>
            </Button>
            <Button
                small
                isDisabled={next === undefined}
                onPress={() => onStarts([...starts, next ?? ''])}
            >
                <Trans>Next</Trans>
            </Button>
        </div>
    );
}
