/**
 * One tab has the session: two would spoil the keys of one device. A tab that wants it says so, and
 * the one that has it lets go.
 */
const LOCK = 'chancery-session';
const CHANNEL = 'chancery-tabs';

export class TabLock {
    readonly #channel = new BroadcastChannel(CHANNEL);
    #release: (() => void) | undefined;

    /** @param onTaken is called when another tab asks for the session; it is given once it resolves */
    constructor(onTaken: () => Promise<void>) {
        this.#channel.onmessage = ({ data }) => {
            if (data === 'wanted' && this.#release) {
                void onTaken().finally(() => this.release());
            }
        };
    }

    get held(): boolean {
        return this.#release !== undefined;
    }

    /** Takes the session if no tab has it. */
    take(): Promise<boolean> {
        return this.#request({ ifAvailable: true });
    }

    /** Asks the tab that has it to let go, and waits for that. */
    takeOver(): Promise<boolean> {
        this.#channel.postMessage('wanted');
        return this.#request({});
    }

    release(): void {
        this.#release?.();
        this.#release = undefined;
    }

    #request(options: LockOptions): Promise<boolean> {
        return new Promise((resolve, reject) => {
            navigator.locks
                .request(LOCK, options, (lock) => {
                    if (!lock) {
                        resolve(false);
                        return undefined;
                    }
                    return new Promise<void>((release) => {
                        this.#release = release;
                        resolve(true);
                    });
                })
                .catch(reject);
        });
    }
}
