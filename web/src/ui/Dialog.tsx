import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from 'react-aria-components';
import { IconButton } from './Button.tsx';

interface DialogProps {
    title: string;
    open?: boolean;
    narrow?: boolean;
    /** Dialogs that must be answered have no cross and do not close by a click beside them. */
    mustAnswer?: boolean;
    onClose: () => void;
    footer?: ReactNode;
    children: ReactNode;
}

/** A sheet over all else. It takes the focus and gives it back; Esc closes it. */
export function Dialog({
    title,
    open = true,
    narrow = false,
    mustAnswer = false,
    onClose,
    footer,
    children,
}: DialogProps) {
    const { t } = useLingui();
    return (
        <ModalOverlay
            className="scrim"
            isOpen={open}
            isDismissable={!mustAnswer}
            isKeyboardDismissDisabled={mustAnswer}
            onOpenChange={(is) => {
                if (!is) onClose();
            }}
        >
            <Modal className={narrow ? 'modal narrow' : 'modal'}>
                <AriaDialog className={narrow ? 'dialog narrow' : 'dialog'}>
                    <header>
                        <Heading slot="title" level={2}>
                            {title}
                        </Heading>
                        {mustAnswer ? null : (
                            <IconButton icon="x" label={t`Close`} onPress={onClose} />
                        )}
                    </header>
                    <div className="body">{children}</div>
                    {footer ? <footer>{footer}</footer> : null}
                </AriaDialog>
            </Modal>
        </ModalOverlay>
    );
}
