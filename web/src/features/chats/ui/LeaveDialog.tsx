import { Trans, useLingui } from '@lingui/react/macro';
import { type ChatList, type ChatSummary, troubleOf } from '../../../matrix/index.ts';
import { Button } from '../../../ui/Button.tsx';
import { Dialog } from '../../../ui/Dialog.tsx';
import { go, href } from '../../../ui/route.ts';
import { notice } from '../../../ui/toasts.ts';
import { troubleLine } from '../../timeline/index.ts';
import { useChatName } from './chatName.ts';

interface LeaveDialogProps {
    chats: ChatList;
    chat: ChatSummary;
    onClose: () => void;
}

/** No undo brings one back into a chat, so it is asked before. */
export function LeaveDialog({ chats, chat, onClose }: LeaveDialogProps) {
    const { t } = useLingui();
    const name = useChatName(chat);
    const leave = () => {
        chats.leave(chat.id).then(
            () => go(href('chats')),
            (fault: unknown) => notice(troubleLine(troubleOf(fault))),
        );
        onClose();
    };
    return (
        <Dialog
            title={t`Leave “${name}”?`}
            narrow
            onClose={onClose}
            footer={
                <>
                    <Button look="quiet" onPress={onClose}>
                        <Trans>Stay</Trans>
                    </Button>
                    <Button look="danger" onPress={leave}>
                        <Trans>Leave the chat</Trans>
                    </Button>
                </>
            }
        >
            <p>
                <Trans>
                    You will get no more of its messages. To come back, somebody in it has to invite
                    you.
                </Trans>
            </p>
        </Dialog>
    );
}
