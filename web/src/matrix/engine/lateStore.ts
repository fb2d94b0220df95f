import { IndexedDBStore } from 'matrix-js-sdk';

const FIRST_SAVE_AFTER_MS = 15_000;

/**
 * The store of the sync. The SDK would write all chats down right after the first answer, while the
 * page draws them; here the first time is when somebody has had a look, or leaves.
 */
export class LateStore extends IndexedDBStore {
    readonly #opened = Date.now();

    override wantsSave(): boolean {
        return Date.now() - this.#opened > FIRST_SAVE_AFTER_MS && super.wantsSave();
    }
}
