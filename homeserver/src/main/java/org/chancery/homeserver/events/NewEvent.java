package org.chancery.homeserver.events;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.event.Pdu;
import org.jspecify.annotations.Nullable;

/// An event to be appended, with the bytes that clients will see of it: they are written before the
/// committer's turn, which everybody waits for, and only once.
public final class NewEvent {
    private final RoomRef room;
    private final EventRef event;
    private final Pdu pdu;
    private final Links links;
    private final int flags;
    private final Optional<Transaction> transaction;
    private final byte[] shown;

    /// @param room its room
    /// @param event its place, known when it is written
    /// @param pdu the signed event
    /// @param flags see [EventFlags]
    /// @param transaction what the client called it
    public NewEvent(
            RoomRef room,
            EventRef event,
            Pdu pdu,
            Links links,
            int flags,
            Optional<Transaction> transaction) {
        this.room = room;
        this.event = event;
        this.pdu = pdu;
        this.links = links;
        this.flags = flags;
        this.transaction = transaction;
        this.shown = EventEnvelope.shown(pdu.json()).bytes();
    }

    /// What it builds on.
    ///
    /// @param prevEvents its `prev_events`, in order
    /// @param authEvents its `auth_events`, in order
    /// @param stateBefore the state before it; null for a create event
    public record Links(
            List<EventRef> prevEvents,
            List<EventRef> authEvents,
            @Nullable SnapshotRef stateBefore) {
        public Links {
            prevEvents = List.copyOf(prevEvents);
            authEvents = List.copyOf(authEvents);
        }
    }

    public RoomRef room() {
        return room;
    }

    /// Its place, known when it is written.
    public EventRef event() {
        return event;
    }

    /// The signed event.
    public Pdu pdu() {
        return pdu;
    }

    public Links links() {
        return links;
    }

    /// See [EventFlags].
    public int flags() {
        return flags;
    }

    /// What the client called it.
    public Optional<Transaction> transaction() {
        return transaction;
    }

    /// The bytes of [EventEnvelope#shown]. Not to be changed.
    public byte[] shown() {
        return shown;
    }
}
