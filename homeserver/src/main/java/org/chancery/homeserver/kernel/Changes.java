package org.chancery.homeserver.kernel;

import java.util.List;
import java.util.function.Function;

/// Makes changes out of functions.
public final class Changes {
    private Changes() {}

    /// Writes at a position of the one sequence.
    ///
    /// @param <T> what the caller learns
    @FunctionalInterface
    public interface AtPosition<T> {
        /// See [Change#apply].
        T apply(Tx tx, long position);
    }

    /// A change that takes no position: nothing of it shows in `/sync`.
    public static <T> Change<T> of(Function<Tx, T> apply) {
        return new Change<>() {
            @Override
            public int positions() {
                return 0;
            }

            @Override
            public T apply(Tx tx, long first) {
                return apply.apply(tx);
            }
        };
    }

    /// A change that takes one position.
    ///
    /// @param touches who must be woken once it is durable
    public static <T> Change<T> at(AtPosition<T> apply, Function<T, List<Touch>> touches) {
        return new Change<>() {
            @Override
            public int positions() {
                return 1;
            }

            @Override
            public T apply(Tx tx, long first) {
                return apply.apply(tx, first);
            }

            @Override
            public List<Touch> touches(T result) {
                return touches.apply(result);
            }
        };
    }
}
