/** The list of chats, and the ways to begin one. */
export { type MuteFor, muteUntil } from './model/muting.ts';
export { neighbour, sections } from './model/sections.ts';
export { ChatsPane } from './ui/ChatsPane.tsx';
export { useChatName } from './ui/chatName.ts';
export { LeaveDialog } from './ui/LeaveDialog.tsx';
export { NewChatDialog, PeopleField, Suggestions } from './ui/NewChatDialog.tsx';
export { PersonLine } from './ui/PeopleFound.tsx';
export { PeoplePane } from './ui/PeoplePane.tsx';
export { type Place, Rail } from './ui/Rail.tsx';
export { usePeople } from './ui/usePeople.ts';
