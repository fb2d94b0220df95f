import type { View } from './types.ts';

/** The plain way to be a {@link View}: holds a snapshot, tells who listens. */
export class Observable<S> implements View<S> {
    #state: S;
    readonly #listeners = new Set<() => void>();

    constructor(initial: S) {
        this.#state = initial;
    }

    // Bound, so that React can be given the methods themselves.
    readonly subscribe = (listener: () => void): (() => void) => {
        this.#listeners.add(listener);
        if (this.#listeners.size === 1) {
            this.onFirst();
        }
        return () => {
            if (this.#listeners.delete(listener) && this.#listeners.size === 0) {
                this.onLast();
            }
        };
    };

    readonly snapshot = (): S => this.#state;

    /** Publishes; nothing happens when it is the same object. */
    protected publish(next: S): void {
        if (Object.is(next, this.#state)) {
            return;
        }
        this.#state = next;
        for (const listener of [...this.#listeners]) {
            listener();
        }
    }

    /** Somebody begins to listen. */
    protected onFirst(): void {}

    /** Nobody listens any more. */
    protected onLast(): void {}
}

/** A view whose owner sets it from outside. */
export class Cell<S> extends Observable<S> {
    set(next: S): void {
        this.publish(next);
    }
}

/**
 * Gathers wishes for a new snapshot and grants one a frame, also while the page is hidden, where no
 * frames come. `flush` grants it now.
 */
export class Batch {
    readonly #work: () => void;
    #frame: number | undefined;
    #timer: ReturnType<typeof setTimeout> | undefined;

    constructor(work: () => void) {
        this.#work = work;
    }

    want(): void {
        if (this.#timer !== undefined) {
            return;
        }
        this.#timer = setTimeout(() => this.flush(), HIDDEN_MS);
        if (typeof requestAnimationFrame === 'function') {
            this.#frame = requestAnimationFrame(() => this.flush());
        }
    }

    flush(): void {
        this.cancel();
        this.#work();
    }

    cancel(): void {
        clearTimeout(this.#timer);
        this.#timer = undefined;
        if (this.#frame !== undefined) {
            cancelAnimationFrame(this.#frame);
            this.#frame = undefined;
        }
    }
}

const HIDDEN_MS = 100;
