import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { createRoot } from 'react-dom/client';
import { firstLanguage, speak } from '../i18n/languages.ts';
import '../ui/css/consolePage.css';
import { applyLook } from '../ui/look.ts';
import { Toasts } from '../ui/Toasts.tsx';
import { Console } from './ui/Console.tsx';

async function start(): Promise<void> {
    const root = document.getElementById('root');
    if (!root) {
        throw new Error('the page has no root');
    }
    applyLook();
    await speak(firstLanguage());
    createRoot(root).render(
        <I18nProvider i18n={i18n}>
            <Console />
            <Toasts />
        </I18nProvider>,
    );
}

void start();
