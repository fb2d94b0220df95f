package org.chancery.protocol.authrules;

import static org.junit.jupiter.api.Assertions.assertEquals;

/// Assertions on verdicts.
final class Verdicts {
    private Verdicts() {}

    static void assertAllowed(Verdict verdict) {
        assertEquals(Verdict.allowed(), verdict);
    }

    static void assertDenied(String rule, Verdict verdict) {
        var actual = verdict instanceof Verdict.Denied(var number, _) ? number : "allowed";
        assertEquals(rule, actual);
    }
}
