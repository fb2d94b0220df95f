/** Where one writes, and what lies on the desk of each chat. */
export { type Chosen, takeUp } from './model/chosen.ts';
export {
    answer,
    choose,
    chooseNothing,
    clearDesk,
    deskOf,
    rewrite,
    useDesk,
} from './model/desk.ts';
export { forgetDrafts, loadDrafts, saveDrafts, useDrafts } from './model/drafts.ts';
export { quick, used } from './model/emoji.ts';
export { Composer } from './ui/Composer.tsx';
export { EmojiPicker } from './ui/EmojiPicker.tsx';
export { FilesDialog } from './ui/FilesDialog.tsx';
export { useDrop } from './ui/useDrop.ts';
