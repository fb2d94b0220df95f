package org.chancery.app;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Something that is made when it is first wanted, once, so that a start does not wait for it.
final class Lazy<T> implements Supplier<T> {
    private final Supplier<T> source;
    private @Nullable T made;

    Lazy(Supplier<T> source) {
        this.source = source;
    }

    @Override
    public synchronized T get() {
        T known = made;
        if (known == null) {
            known = source.get();
            made = known;
        }
        return known;
    }
}
