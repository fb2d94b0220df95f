import { useLingui } from '@lingui/react/macro';
import { lazy, type RefObject, Suspense, useState } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import { IconButton } from '../../../ui/Button.tsx';
import { quick, used } from '../../composer/index.ts';

const EmojiPicker = lazy(async () => ({
    default: (await import('../../composer/index.ts')).EmojiPicker,
}));

interface ReactionPopoverProps {
    anchor: RefObject<HTMLElement | null>;
    onPick: (sign: string) => void;
    onClose: () => void;
}

/** Six reactions at hand, and all the others behind a plus. */
export function ReactionPopover({ anchor, onPick, onClose }: ReactionPopoverProps) {
    const { t } = useLingui();
    const [all, setAll] = useState(false);
    return (
        <Popover
            className="popover"
            triggerRef={anchor}
            isOpen
            placement="top start"
            onOpenChange={(is) => {
                if (!is) onClose();
            }}
        >
            <Dialog aria-label={t`React`} className="reaction-dialog">
                {all ? (
                    <Suspense>
                        <EmojiPicker onPick={onPick} />
                    </Suspense>
                ) : (
                    <div className="row">
                        {quick().map((sign, n) => (
                            <button
                                key={sign}
                                type="button"
                                className="emoji-btn large"
                                // biome-ignore lint/a11y/noAutofocus: the popover takes the focus anyway.
                                autoFocus={n === 0}
                                onClick={() => {
                                    used(sign);
                                    onPick(sign);
                                }}
                            >
                                {sign}
                            </button>
                        ))}
                        <IconButton
                            dense
                            icon="plus"
                            label={t`More emoji`}
                            onPress={() => setAll(true)}
                        />
                    </div>
                )}
            </Dialog>
        </Popover>
    );
}
