package org.chancery.homeserver.events;

import org.chancery.protocol.id.EventId;

/// An event that is in the log or on its way there.
///
/// Its position is given by the committer, so it is known only once the event's batch is being
/// written; whatever refers to it is written later in the same sequence and so finds it known.
public final class EventRef {
    private static final long UNKNOWN = -1;

    private final EventId id;
    private volatile long position;

    private EventRef(EventId id, long position) {
        this.id = id;
        this.position = position;
    }

    /// An event that has been submitted.
    public static EventRef pending(EventId id) {
        return new EventRef(id, UNKNOWN);
    }

    /// An event that is in the log.
    public static EventRef stored(EventId id, long position) {
        return new EventRef(id, position);
    }

    public EventId id() {
        return id;
    }

    /// The event's place in the one sequence.
    public long position() {
        assert position != UNKNOWN : "the event has not been written";
        return position;
    }

    void place(long at) {
        position = at;
    }

    @Override
    public String toString() {
        return id.toString();
    }
}
