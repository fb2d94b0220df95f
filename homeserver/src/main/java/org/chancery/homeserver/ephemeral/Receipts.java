package org.chancery.homeserver.ephemeral;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Change;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.kernel.Touch;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Takes receipts (client-server API, "Receipts"). A receipt moves forward only: one for an event
/// that lies behind the last is dropped.
public final class Receipts {
    private static final Set<String> TYPES = Set.of(Receipt.READ, Receipt.READ_PRIVATE);

    private final ReceiptStore store;
    private final OwnReceipts own;
    private final EventStore events;
    private final LocalMembers members;
    private final Threads threads;
    private final Journal journal;
    private final InstantSource clock;
    private final Consumer<UserId> reading;

    /// @param reading told who has read something, once that is durable
    public Receipts(
            ReceiptStore store,
            OwnReceipts own,
            EventStore events,
            LocalMembers members,
            Journal journal,
            InstantSource clock,
            Consumer<UserId> reading) {
        this.store = store;
        this.own = own;
        this.events = events;
        this.members = members;
        this.threads = new Threads(events);
        this.journal = journal;
        this.clock = clock;
        this.reading = reading;
    }

    /// The user has read up to and including the event. Of an event that we do not know nothing can
    /// be said, so the receipt is dropped.
    ///
    /// @param thread empty for the whole room
    /// @throws org.chancery.protocol.error.MatrixException `M_FORBIDDEN` if the user is not in the
    ///     room, `M_INVALID_PARAM` if the type is unknown or the event not of the thread
    public void read(
            UserId user, RoomId roomId, String type, EventId event, Optional<String> thread) {
        if (!TYPES.contains(type)) {
            throw new MatrixError.InvalidParam("There is no such type of receipt").asException();
        }
        if (thread.filter(String::isEmpty).isPresent()) {
            throw badThread("thread_id must not be empty");
        }
        RoomRef room = room(user, roomId);
        Optional<StoredEvent> found =
                events.event(event).filter(it -> it.room().number() == room.number());
        if (thread.isPresent() && found.filter(it -> threads.accepts(it, thread.get())).isEmpty()) {
            throw badThread("The event is not in that thread");
        }
        boolean written =
                found.isPresent()
                        && journal.commit(new Read(room, user, type, found.get(), thread));
        if (written) {
            reading.accept(user);
        }
    }

    /// The room, if the user is in it.
    RoomRef room(UserId user, RoomId room) {
        return events.room(room)
                .filter(it -> members.isIn(it, user))
                .orElseThrow(
                        () -> new MatrixError.Forbidden("You are not in this room").asException());
    }

    private static RuntimeException badThread(String message) {
        return new MatrixError.InvalidParam(message).asException();
    }

    /// Writes the receipt unless it lies behind the last; says whether it was written.
    private final class Read implements Change<Boolean> {
        private final RoomRef room;
        private final UserId user;
        private final String type;
        private final StoredEvent event;
        private final Optional<String> thread;
        private final long ts = clock.millis();

        Read(RoomRef room, UserId user, String type, StoredEvent event, Optional<String> thread) {
            this.room = room;
            this.user = user;
            this.type = type;
            this.event = event;
            this.thread = thread;
        }

        @Override
        public int positions() {
            return 1;
        }

        @Override
        public Boolean apply(Tx tx, long first) {
            boolean behind =
                    store.get(tx, room, user, type, thread)
                            .filter(last -> last.eventOrdinal() >= event.ordinal())
                            .isPresent();
            if (!behind) {
                store.put(
                        tx,
                        room,
                        new Receipt(user, type, thread, event.id(), event.ordinal(), ts, first));
            }
            return !behind;
        }

        @Override
        public List<Touch> touches(Boolean written) {
            if (!written) {
                return List.of();
            }
            own.forget(room, user);
            List<UserId> users =
                    type.equals(Receipt.READ_PRIVATE) ? List.of(user) : members.of(room);
            return List.of(new Touch(users, Stream.RECEIPTS, room.id()));
        }
    }
}
