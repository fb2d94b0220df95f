import { createContext } from 'react';

/** Brings back the confirmation that was put off. */
export const LaterContext = createContext<() => void>(() => undefined);
