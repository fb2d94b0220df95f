package org.chancery.governance.cases;

import java.util.Locale;

/// How far a case is.
public enum CaseState {
    /// Written down; nobody has signed it.
    DRAFTED,
    /// Signed by who asks; who approves has not decided.
    REQUESTED,
    /// Signed by both: its leaf is in the log, or on its way there.
    APPROVED,
    /// Refused, with a reason, for good.
    REFUSED;

    /// The state of that word.
    public static CaseState of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
