/** The local search: over all that this device can read, also encrypted, and nowhere else. */
export type { FedMessage } from '../../matrix/index.ts';
export { linkIn, type Shelf } from './model/messageIndex.ts';
export type { Searcher } from './model/searcher.ts';
export { FindPanel } from './ui/FindPanel.tsx';
export { FoundMessages } from './ui/FoundMessages.tsx';
export { SearchKeeper, useSearcher } from './ui/useSearcher.ts';
