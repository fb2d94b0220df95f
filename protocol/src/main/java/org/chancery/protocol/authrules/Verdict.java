package org.chancery.protocol.authrules;

/// What the authorization rules say of an event.
public sealed interface Verdict {
    /// Every rule holds.
    enum Allowed implements Verdict {
        ALLOWED
    }

    /// A rule refused.
    ///
    /// @param rule its number in the spec of the event's room version
    /// @param reason a sentence for the sender; it repeats nothing of the event's content
    record Denied(String rule, String reason) implements Verdict {}

    static Verdict allowed() {
        return Allowed.ALLOWED;
    }

    default boolean isAllowed() {
        return this instanceof Allowed;
    }

    static Verdict denied(String rule, String reason) {
        return new Denied(rule, reason);
    }

    /// Allowed if the condition holds, else denied by that rule.
    static Verdict allowedIf(boolean condition, String rule, String reason) {
        return condition ? Allowed.ALLOWED : new Denied(rule, reason);
    }
}
