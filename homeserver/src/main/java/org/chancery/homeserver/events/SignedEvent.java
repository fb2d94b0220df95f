package org.chancery.homeserver.events;

import org.chancery.protocol.event.Pdu;

/// An event of the log as it was signed.
///
/// @param position its place in the one sequence
/// @param pdu what was signed; without its content where it was read after a redaction
public record SignedEvent(long position, RoomRef room, Pdu pdu) implements Logged {}
