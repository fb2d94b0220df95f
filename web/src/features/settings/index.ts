/** What a person sets: who one is, one's devices, what one hears of, how it looks, who may open it. */
import { lazy } from 'react';

export { AutoLock } from './ui/AutoLock.tsx';
export { ShortcutHelp } from './ui/ShortcutHelp.tsx';

/** Fetched when they are opened. */
export const AppLock = lazy(() =>
    import('./ui/AppLock.tsx').then((it) => ({ default: it.AppLock })),
);
export const Settings = lazy(() =>
    import('./ui/Settings.tsx').then((it) => ({ default: it.Settings })),
);
