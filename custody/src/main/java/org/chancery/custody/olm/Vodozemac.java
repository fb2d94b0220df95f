package org.chancery.custody.olm;

import de.connect2x.trixnity.vodozemac.Library_jvmKt;
import de.connect2x.trixnity.vodozemac.VodozemacException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.function.Supplier;

/// The ways of the binding: its library is loaded once, its refusals are checked exceptions that no
/// signature declares, and Kotlin has given some methods names that Java cannot write.
final class Vodozemac {
    static {
        Library_jvmKt.getInitHook().invoke();
    }

    private Vodozemac() {}

    /// What the library answers to this; throws [OlmFault].
    ///
    /// @param act what is tried, for the message
    static <T> T ask(String act, Supplier<T> call) {
        try {
            return call.get();
        } catch (Exception e) {
            throw refusal(act, e);
        }
    }

    /// Calls a method that only a handle can name; throws [OlmFault].
    static Object call(String act, MethodHandle method, Object... arguments) {
        try {
            return method.invokeWithArguments(arguments);
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw refusal(act, e);
        }
    }

    /// The method of which the name begins so and goes on with a hash.
    static MethodHandle mangled(Class<?> type, String start) {
        Method method =
                Arrays.stream(type.getMethods())
                        .filter(m -> m.getName().startsWith(start + "-"))
                        .filter(m -> !m.getName().endsWith("$default"))
                        .findFirst()
                        .orElseThrow(
                                () -> new IllegalStateException("no " + start + " in " + type));
        try {
            return MethodHandles.publicLookup().unreflect(method);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(start + " is not public", e);
        }
    }

    private static RuntimeException refusal(String act, Throwable e) {
        if (e instanceof VodozemacException) {
            return new OlmFault(act + ": " + e.getMessage());
        }
        if (e instanceof RuntimeException fault) {
            return fault;
        }
        return new IllegalStateException(act, e);
    }
}
