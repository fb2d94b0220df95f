/** What a chat is: who can read it, who is in it, what was sent in it, and the links into it. */
import { lazy } from 'react';

export { WhoButton } from './ui/WhoButton.tsx';

/** Fetched when they are opened. */
export const ChatPanel = lazy(() =>
    import('./ui/ChatPanel.tsx').then((it) => ({ default: it.ChatPanel })),
);
export const JoinPage = lazy(() =>
    import('./ui/JoinPage.tsx').then((it) => ({ default: it.JoinPage })),
);
