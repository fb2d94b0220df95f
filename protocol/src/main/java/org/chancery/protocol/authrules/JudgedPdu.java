package org.chancery.protocol.authrules;

import org.chancery.protocol.event.Pdu;

/// A PDU that went through the authorization rules (Server-Server API, "Checks performed on receipt
/// of a PDU", 4 to 6).
public sealed interface JudgedPdu {
    Pdu pdu();

    /// Passed every check.
    record Accepted(Pdu pdu) implements JudgedPdu {}

    /// Fails against the room's current state only: kept and built upon by others, but shown to
    /// nobody and never an extremity of ours.
    record SoftFailed(Pdu pdu, Verdict.Denied why) implements JudgedPdu {}

    /// Fails against its auth events or the state before it: it never changes the state.
    record Rejected(Pdu pdu, Verdict.Denied why) implements JudgedPdu {}

    default boolean rejected() {
        return this instanceof Rejected;
    }
}
