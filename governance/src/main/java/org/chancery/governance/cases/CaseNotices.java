package org.chancery.governance.cases;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseStepEntry;
import org.chancery.governance.log.ServerLog;
import org.chancery.homeserver.events.RoomMembership;
import org.chancery.homeserver.events.StateStore;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Tells rooms of cases about them, when it is due.
///
/// The service says it in the room, once, as state that stays and as a message that people see; who
/// has left the room asks for it ([#of]). That a room was told is written in the transaction of the
/// events, so a kill in between tells it neither twice nor never. The thread is there only while a
/// notice is due some time.
public final class CaseNotices implements AutoCloseable {
    /// The state of a room that names a case about it, by the case's id.
    public static final String STATE = "org.chancery.case_notice";

    private static final System.Logger LOG = System.getLogger(CaseNotices.class.getName());
    private static final int DUE_MAX = 100;
    private static final int TOLD_MAX = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final CaseStore store;
    private final Journal journal;
    private final ServerLog log;
    private final Room rooms;
    private final InstantSource clock;
    private final ThreadFactory threads;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean running;
    private boolean asked;
    private boolean closing;

    /// Where notices are given.
    ///
    /// @param service who says it
    public record Room(RoomWriter writer, StateStore states, UserId service) {}

    public CaseNotices(
            CaseStore store,
            Journal journal,
            ServerLog log,
            Room rooms,
            InstantSource clock,
            ThreadFactory threads) {
        this.store = store;
        this.journal = journal;
        this.log = log;
        this.rooms = rooms;
        this.clock = clock;
        this.threads = threads;
    }

    /// Begins to look for what is due, if there is anything.
    public void ask() {
        if (store.unnoticed(1).isEmpty()) {
            return;
        }
        lock.lock();
        try {
            asked = true;
            if (!running && !closing) {
                running = true;
                threads.newThread(this::run).start();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The notices to rooms in which that user is or was.
    public List<CaseStore.Told> of(UserId user) {
        List<RoomId> been =
                rooms.states().rooms(user, journal.durable()).stream()
                        .filter(it -> it.isJoined() || it.membership().equals("leave"))
                        .map(RoomMembership::room)
                        .map(room -> room.id())
                        .toList();
        return been.isEmpty() ? List.of() : store.told(been, TOLD_MAX);
    }

    private void run() {
        try {
            while (true) {
                Duration pause = due();
                lock.lock();
                try {
                    long left = pause.toNanos();
                    while (!asked && !closing && left > 0) {
                        left = changed.awaitNanos(left);
                    }
                    if (closing || (!asked && store.unnoticed(1).isEmpty())) {
                        running = false;
                        return;
                    }
                    asked = false;
                } finally {
                    lock.unlock();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Gives the notices that are due.
    ///
    /// @return how long nothing is due then
    private Duration due() {
        Duration pause = LOOK_AGAIN;
        for (HeldCase held : store.unnoticed(DUE_MAX)) {
            Duration left = Duration.between(clock.instant(), held.entry().notice().at());
            if (left.isPositive()) {
                pause = left.compareTo(pause) < 0 ? left : pause;
            } else {
                give(held);
            }
        }
        return pause;
    }

    private void give(HeldCase held) {
        try {
            store.untold(held.id()).forEach(room -> tell(held, room));
            Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
            var step =
                    new CaseStepEntry(
                            CaseStepEntry.digestOf(held.entry()),
                            CaseStepEntry.Step.NOTICED,
                            rooms.service(),
                            now);
            journal.commit(
                    Changes.of(
                            tx -> {
                                store.noticed(tx, held.id(), now);
                                log.note(tx, step.bytes());
                                return true;
                            }));
        } catch (MatrixException e) {
            LOG.log(Level.WARNING, "a room could not be told of a case: " + e.error().errcode());
        }
    }

    private void tell(HeldCase held, RoomId room) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        UserId service = rooms.service();
        rooms.writer()
                .write(
                        room,
                        _ ->
                                List.of(
                                        EventDraft.state(
                                                service,
                                                new StateKey(STATE, held.id()),
                                                state(held.entry(), room)),
                                        EventDraft.message(
                                                service, "m.room.message", message(held, room))),
                        tx -> store.told(tx, held.id(), room, now));
    }

    /// What is told of a case: everything that concerns the room, but not the other rooms.
    public static JsonObject state(CaseEntry entry, RoomId room) {
        var scope = entry.scope(room);
        return JsonObject.builder()
                .put("kind", entry.ground().kind().toString())
                .put("reference", entry.ground().reference())
                .put("article", entry.ground().article())
                .put("from", scope.from().toEpochMilli())
                .put("until", scope.until().toEpochMilli())
                .put("requester", entry.signers().requester().user().toString())
                .put("approver", entry.signers().approver().user().toString())
                .put("made_at", entry.madeAt().toEpochMilli())
                .put("case", CaseStepEntry.digestOf(entry).value())
                .build();
    }

    private static JsonObject message(HeldCase held, RoomId room) {
        CaseEntry entry = held.entry();
        var scope = entry.scope(room);
        String text =
                "Records of this room, from %s until %s, are opened for a case: %s, by %s (%s)."
                        .formatted(
                                scope.from().truncatedTo(ChronoUnit.SECONDS),
                                scope.until().truncatedTo(ChronoUnit.SECONDS),
                                entry.ground().kind().toString().replace('_', ' '),
                                entry.ground().article(),
                                entry.ground().reference());
        return JsonObject.of("msgtype", "m.notice").with("body", text);
    }
}
