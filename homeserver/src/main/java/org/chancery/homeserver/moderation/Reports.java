package org.chancery.homeserver.moderation;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.accounts.AccountStore;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.Membership;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Takes reports (client-server API, "Reporting Content").
public final class Reports {
    /// The longest reason.
    public static final int REASON_LENGTH_MAX = 4_000;

    /// The most reports of one page.
    public static final int PAGE_MAX = 500;

    private final ReportStore store;
    private final RoomReader reader;
    private final EventStore events;
    private final AccountStore accounts;
    private final Journal journal;
    private final InstantSource clock;

    public Reports(
            ReportStore store,
            RoomReader reader,
            EventStore events,
            AccountStore accounts,
            Journal journal,
            InstantSource clock) {
        this.store = store;
        this.reader = reader;
        this.events = events;
        this.accounts = accounts;
        this.journal = journal;
        this.clock = clock;
    }

    /// Reports an event.
    ///
    /// @throws MatrixException `M_NOT_FOUND` if the reporter is not in the room or may not see it
    public void event(UserId reporter, RoomId room, EventId id, String reason) {
        StoredEvent event = reader.event(reporter, room, id);
        RoomReader.Access access = reader.access(reporter, room);
        if (access.visibility().now().filter(Membership.JOIN::equals).isEmpty()) {
            throw notFound("The event was not found, or you are not in its room");
        }
        take(reporter, Optional.of(room), Optional.of(id), Optional.of(event.sender()), reason);
    }

    /// Reports a room, whether or not the reporter is in it.
    ///
    /// @throws MatrixException `M_NOT_FOUND` if there is no such room
    public void room(UserId reporter, RoomId room, String reason) {
        if (events.room(room).isEmpty()) {
            throw notFound("The room was not found");
        }
        take(reporter, Optional.of(room), Optional.empty(), Optional.empty(), reason);
    }

    /// Reports a user.
    ///
    /// @throws MatrixException `M_NOT_FOUND` if there is no such user here
    public void user(UserId reporter, UserId user, String reason) {
        if (accounts.find(user).isEmpty()) {
            throw notFound("The user was not found");
        }
        take(reporter, Optional.empty(), Optional.empty(), Optional.of(user), reason);
    }

    /// Reports below a number, the latest first.
    public List<Report> before(long number, int limit) {
        return store.before(number, Math.clamp(limit, 1, PAGE_MAX));
    }

    private void take(
            UserId reporter,
            Optional<RoomId> room,
            Optional<EventId> event,
            Optional<UserId> user,
            String reason) {
        if (reason.length() > REASON_LENGTH_MAX || reason.indexOf(0) >= 0) {
            throw new MatrixError.InvalidParam(
                            "reason has at most "
                                    + REASON_LENGTH_MAX
                                    + " characters, none of them"
                                    + " NUL")
                    .asException();
        }
        Report report = new Report(0, clock.millis(), reporter, room, event, user, reason);
        journal.commit(
                Changes.of(
                        tx -> {
                            Report next = report.numbered(store.last(tx) + 1);
                            store.insert(tx, next);
                            return next.number();
                        }));
    }

    private static MatrixException notFound(String message) {
        return new MatrixError.NotFound(message).asException();
    }
}
