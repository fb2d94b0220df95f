import { Trans, useLingui } from '@lingui/react/macro';
import { IconButton } from '../../../ui/Button.tsx';
import { Icon } from '../../../ui/Icon.tsx';
import { inOneLine, plainName } from '../../timeline/index.ts';
import { useDesk } from '../model/desk.ts';

/** Above the text: what it answers, or that it changes an earlier message. */
export function AboveBar({ chatId, onClose }: { chatId: string; onClose: () => void }) {
    const { t } = useLingui();
    const { reply, edit } = useDesk(chatId);
    const message = edit ?? reply;
    if (!message) return null;
    return (
        <div className="above-bar">
            <Icon name={edit ? 'edit' : 'reply'} />
            <div className="quote grow">
                <b>
                    {edit ? (
                        <Trans>Change your message</Trans>
                    ) : message.own ? (
                        t`You`
                    ) : (
                        plainName(message.sender.name)
                    )}
                </b>
                <span className="quoted" dir="auto">
                    {inOneLine(message)}
                </span>
            </div>
            <IconButton
                dense
                icon="x"
                label={edit ? t`Leave it as it was` : t`Do not reply`}
                onPress={onClose}
            />
        </div>
    );
}
