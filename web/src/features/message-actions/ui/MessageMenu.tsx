import { useLingui } from '@lingui/react/macro';
import type { RefObject } from 'react';
import type { Message } from '../../../matrix/index.ts';
import { MenuAt, MenuItem, MenuLine } from '../../../ui/Menu.tsx';

export type MessageAct =
    | 'reply'
    | 'react'
    | 'edit'
    | 'copy'
    | 'forward'
    | 'star'
    | 'unstar'
    | 'pin'
    | 'unpin'
    | 'info'
    | 'select'
    | 'hide'
    | 'delete';

interface MessageMenuProps {
    message: Message;
    starred: boolean;
    anchor: RefObject<HTMLElement | null>;
    onAct: (act: MessageAct) => void;
    onClose: () => void;
}

/** All that can be done with one message; the same by pointer, by key and by long press. */
export function MessageMenu({ message, starred, anchor, onAct, onClose }: MessageMenuProps) {
    const { t } = useLingui();
    const { can, kind } = message;
    const plain = kind !== 'deleted' && kind !== 'locked' && kind !== 'unknown';
    return (
        <MenuAt
            label={t`Message`}
            anchor={anchor}
            onAction={(id) => onAct(id as MessageAct)}
            onClose={onClose}
        >
            {can.reply && plain ? (
                <MenuItem id="reply" icon="reply" hint="R">{t`Reply`}</MenuItem>
            ) : null}
            {can.react && plain ? (
                <MenuItem id="react" icon="smile" hint="E">{t`React`}</MenuItem>
            ) : null}
            {can.edit ? <MenuItem id="edit" icon="edit">{t`Change`}</MenuItem> : null}
            {plain && message.text ? (
                <MenuItem id="copy" icon="copy">{t`Copy the text`}</MenuItem>
            ) : null}
            {plain ? <MenuItem id="forward" icon="right">{t`Forward`}</MenuItem> : null}
            {plain ? (
                starred ? (
                    <MenuItem id="unstar" icon="star">{t`Take the star away`}</MenuItem>
                ) : (
                    <MenuItem id="star" icon="star">{t`Star`}</MenuItem>
                )
            ) : null}
            {can.pin && plain ? (
                message.pinned ? (
                    <MenuItem id="unpin" icon="pin">{t`Unpin`}</MenuItem>
                ) : (
                    <MenuItem id="pin" icon="pin">{t`Pin for everyone`}</MenuItem>
                )
            ) : null}
            <MenuItem id="info" icon="info">{t`Details`}</MenuItem>
            <MenuItem id="select" icon="check">{t`Select`}</MenuItem>
            <MenuLine />
            <MenuItem id="hide" icon="eyeoff">{t`Delete for me`}</MenuItem>
            {can.delete && kind !== 'deleted' ? (
                <MenuItem id="delete" icon="trash" danger>{t`Delete for everyone`}</MenuItem>
            ) : null}
        </MenuAt>
    );
}
