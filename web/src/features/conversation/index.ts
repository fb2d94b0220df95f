/** One chat with everything that belongs to it. */
export { AddPeopleDialog } from './ui/AddPeopleDialog.tsx';
export { Conversation, type ConversationProps } from './ui/Conversation.tsx';
export { StarredPane } from './ui/StarredPane.tsx';
