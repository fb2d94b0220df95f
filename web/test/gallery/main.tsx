import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRoot } from 'react-dom/client';
import { Messenger } from '../../src/app/Messenger.tsx';
import { slotsOf } from '../../src/app/slots.tsx';
import { isLanguage, speak } from '../../src/i18n/languages.ts';
import { createSession } from '../../src/matrix/index.ts';
import '../../src/ui/css/chat.css';
import { HomeContext, SessionContext } from '../../src/ui/session.tsx';
import { FakeHome } from './fakeHome.ts';

const wish = new URLSearchParams(location.search);
const language = wish.get('lang');
const theme = wish.get('theme');
if (theme) document.documentElement.dataset.theme = theme;
await speak(isLanguage(language) ? language : 'en');
const home = new FakeHome(Number(wish.get('chats') ?? 12), Number(wish.get('messages') ?? 60));
Object.assign(window, { home });
const root = document.getElementById('root');
if (root) {
    createRoot(root).render(
        <I18nProvider i18n={i18n}>
            <SessionContext value={createSession()}>
                <HomeContext value={home}>
                    <Messenger home={home} slots={slotsOf(home)} />
                </HomeContext>
            </SessionContext>
        </I18nProvider>,
    );
}
