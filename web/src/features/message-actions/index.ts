/** What can be done with messages. */
export { copied } from './model/copying.ts';
export { setDeleting, useDeleting } from './model/deleting.ts';
export {
    HIDDEN,
    hide,
    readHidden,
    readStarred,
    STARRED,
    type Star,
    star,
    unhide,
} from './model/keepsakes.ts';
export { ForwardDialog } from './ui/ForwardDialog.tsx';
export { InfoDialog } from './ui/InfoDialog.tsx';
export { type MessageAct, MessageMenu } from './ui/MessageMenu.tsx';
export { ReactionPopover } from './ui/ReactionPopover.tsx';
export { SelectionBar } from './ui/SelectionBar.tsx';
export { WordingsDialog } from './ui/WordingsDialog.tsx';
