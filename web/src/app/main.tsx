import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRoot } from 'react-dom/client';
import { firstLanguage, speak } from '../i18n/languages.ts';
import { createSession } from '../matrix/index.ts';
import '../ui/css/chat.css';
import { applyLook } from '../ui/look.ts';
import { go } from '../ui/route.ts';
import { App } from './App.tsx';
import { followNewVersions } from './newVersion.ts';
import { look } from './support.ts';
import { Unbroken } from './Unbroken.tsx';
import { Unsupported } from './Unsupported.tsx';
import { startWorker } from './worker.ts';

async function start(): Promise<void> {
    const root = document.getElementById('root');
    if (!root) {
        throw new Error('the page has no root');
    }
    applyLook();
    followNewVersions();
    const [missing] = await Promise.all([look(), speak(firstLanguage())]);
    const session = createSession();
    createRoot(root).render(
        <I18nProvider i18n={i18n}>
            <Unbroken>
                {missing ? <Unsupported missing={missing} /> : <App session={session} />}
            </Unbroken>
        </I18nProvider>,
    );
    if (!missing) {
        startWorker((to) => go(to)).catch(() => undefined); // The client works without it.
        await session.start();
    }
}

void start();
