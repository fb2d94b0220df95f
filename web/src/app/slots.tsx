import { Suspense } from 'react';
import { ChatPanel, JoinPage, WhoButton } from '../features/details/index.ts';
import { FoundMessages } from '../features/search/index.ts';
import { Settings } from '../features/settings/index.ts';
import type { Home } from '../matrix/index.ts';
import type { MessengerSlots } from './Messenger.tsx';

/** What the other features put into the frame. */
export function slotsOf(home: Home): MessengerSlots {
    return {
        headButtons: (chatId) => <WhoButton chatId={chatId} />,
        panel: (chatId, name) => (
            <Suspense fallback={<aside className="panel" />}>
                <ChatPanel home={home} chatId={chatId} name={name} />
            </Suspense>
        ),
        settings: (
            <Suspense fallback={<section className="room" />}>
                <Settings home={home} />
            </Suspense>
        ),
        join: (
            <Suspense fallback={<section className="room" />}>
                <JoinPage home={home} />
            </Suspense>
        ),
        found: (words) => <FoundMessages home={home} words={words} />,
    };
}
