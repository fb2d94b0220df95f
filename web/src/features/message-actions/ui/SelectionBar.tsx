import { Plural, useLingui } from '@lingui/react/macro';
import { IconButton } from '../../../ui/Button.tsx';

interface SelectionBarProps {
    count: number;
    canDelete: boolean;
    onAct: (act: 'copy' | 'forward' | 'star' | 'hide' | 'delete') => void;
    onClose: () => void;
}

/** Takes the place of the composer while messages are chosen. */
export function SelectionBar({ count, canDelete, onAct, onClose }: SelectionBarProps) {
    const { t } = useLingui();
    const none = count === 0;
    return (
        <div className="selection-bar" role="toolbar" aria-label={t`Chosen messages`}>
            <IconButton icon="x" label={t`Choose nothing`} onPress={onClose} />
            <p className="grow" role="status">
                <Plural value={count} _0="Choose messages" one="# chosen" other="# chosen" />
            </p>
            <IconButton
                icon="star"
                label={t`Star`}
                isDisabled={none}
                onPress={() => onAct('star')}
            />
            <IconButton
                icon="copy"
                label={t`Copy the text`}
                isDisabled={none}
                onPress={() => onAct('copy')}
            />
            <IconButton
                icon="right"
                label={t`Forward`}
                isDisabled={none}
                onPress={() => onAct('forward')}
            />
            <IconButton
                icon="eyeoff"
                label={t`Delete for me`}
                isDisabled={none}
                onPress={() => onAct('hide')}
            />
            <IconButton
                icon="trash"
                label={t`Delete for everyone`}
                isDisabled={none || !canDelete}
                onPress={() => onAct('delete')}
            />
        </div>
    );
}
