package org.chancery.adapters.jdbc.recordrooms;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.homeserver.kernel.Tx;

/// Breaks off at a chosen statement of a transaction, as a kill does: whatever it wrote before is
/// rolled back, as it was never committed.
final class Killed {
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    /// The kill.
    static final class Kill extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// From now on so many statements pass.
    void after(int statements) {
        left.set(statements);
    }

    /// The store, which stops at its turn.
    <T> T around(Class<T> type, T store) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        (_, method, args) -> {
                            if (args != null && args[0] instanceof Tx) {
                                count();
                            }
                            try {
                                return method.invoke(store, args);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private void count() {
        if (left.getAndDecrement() <= 0) {
            throw new Kill();
        }
    }
}
