package org.chancery.governance.records;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.governance.records.SessionStore.Told;
import org.chancery.homeserver.events.EventStore;
import org.chancery.homeserver.events.StoredEvent;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// Tells who writes in a record room that the archive cannot have the key of what was written. It
/// is said in the room, as an answer to the message, so that every client shows it and the record
/// itself says where it has a gap.
public final class Alerts {
    private static final Logger LOG = System.getLogger(Alerts.class.getName());
    private static final Duration REPEATED = Duration.ofHours(1);
    private static final int PAGE = 100;
    private static final int REMEMBERED_MAX = 10_000;

    private final SessionStore sessions;
    private final EventStore events;
    private final Journal journal;
    private final Notice notice;
    private final InstantSource clock;
    private final Map<Whom, Long> told = new HashMap<>();

    private record Whom(RoomId room, LetterStore.Sender sender) {}

    /// Says it in the room.
    @FunctionalInterface
    public interface Notice {
        /// @param sender whose message it is
        /// @param message the first that the archive cannot read
        /// @param state withheld or unknown; presumed where only the beginning is lost
        void say(RoomId room, UserId sender, EventId message, Session.State state);
    }

    public Alerts(
            SessionStore sessions,
            EventStore events,
            Journal journal,
            Notice notice,
            InstantSource clock) {
        this.sessions = sessions;
        this.events = events;
        this.journal = journal;
        this.notice = notice;
        this.clock = clock;
    }

    /// Tells what is to be told; a device that never shares its keys hears it once an hour.
    public void round() {
        List<Told> page = sessions.untold(PAGE);
        while (!page.isEmpty() && journal.running()) {
            page.forEach(this::tell);
            page = sessions.untold(PAGE);
        }
    }

    private void tell(Told gap) {
        Whom whom = new Whom(gap.room().id(), gap.session().sender());
        long now = clock.millis();
        Long last = told.get(whom);
        if (last == null || now - last >= REPEATED.toMillis()) {
            remember(whom, now);
            say(gap);
        }
        journal.commit(
                Changes.of(
                        tx -> {
                            sessions.setTold(tx, gap);
                            return true;
                        }));
    }

    private void remember(Whom whom, long now) {
        if (told.size() >= REMEMBERED_MAX) {
            told.clear();
        }
        told.put(whom, now);
    }

    private void say(Told gap) {
        long position = Place.position(gap.session().first().piece());
        Optional<StoredEvent> message = events.events(List.of(position)).stream().findFirst();
        if (message.isEmpty()) {
            return;
        }
        try {
            notice.say(
                    gap.room().id(),
                    gap.session().sender().user(),
                    message.get().id(),
                    gap.state());
        } catch (MatrixException refused) {
            LOG.log(Level.WARNING, "a gap in a record could not be told in its room", refused);
        }
    }
}
