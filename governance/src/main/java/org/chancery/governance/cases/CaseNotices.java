package org.chancery.governance.cases;

import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadFactory;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseStepEntry;
import org.chancery.governance.log.Rounds;
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
/// notice is due some time; what could not be told is tried again after a while.
public final class CaseNotices implements AutoCloseable {
    /// The state of a room that names a case about it, by the case's id.
    public static final String STATE = "org.chancery.case_notice";

    private static final System.Logger LOG = System.getLogger(CaseNotices.class.getName());
    private static final int PAGE_MAX = 100;
    private static final int TOLD_MAX = 1_000;
    private static final Duration LOOK_AGAIN = Duration.ofMinutes(10);

    private final CaseStore store;
    private final Journal journal;
    private final ServerLog log;
    private final Room rooms;
    private final InstantSource clock;
    private final Rounds rounds;

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
        this.rounds = new Rounds(this::look, threads);
    }

    /// Begins to look for what is due, if there is anything.
    public void ask() {
        if (!store.unnoticed(CaseStore.Due.FIRST, 1).isEmpty()) {
            rounds.ask();
        }
    }

    @Override
    public void close() {
        rounds.close();
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

    /// Gives the notices that are due. A fault ends neither the thread nor the others' notices.
    ///
    /// @return when to look again; empty where nothing is left
    private Optional<Duration> look() {
        try {
            return due();
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "notices of cases wait: " + reason(e));
            return Optional.of(LOOK_AGAIN);
        }
    }

    private Optional<Duration> due() {
        Optional<Duration> again = Optional.empty();
        CaseStore.Due last = CaseStore.Due.FIRST;
        while (!rounds.isClosing()) {
            List<HeldCase> page = store.unnoticed(last, PAGE_MAX);
            for (HeldCase held : page) {
                Duration left = Duration.between(clock.instant(), held.entry().notice().at());
                if (left.isPositive()) {
                    return Optional.of(left.compareTo(LOOK_AGAIN) < 0 ? left : LOOK_AGAIN);
                }
                if (!give(held)) {
                    again = Optional.of(LOOK_AGAIN);
                }
            }
            if (page.size() < PAGE_MAX) {
                return again;
            }
            last = CaseStore.Due.of(page.getLast());
        }
        return again;
    }

    /// Whether all rooms of the case have been told.
    private boolean give(HeldCase held) {
        boolean all = true;
        for (RoomId room : store.untold(held.id())) {
            all &= went(() -> tell(held, room));
        }
        return all && went(() -> note(held));
    }

    private static boolean went(Runnable act) {
        try {
            act.run();
            return true;
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "a room could not be told of a case: " + reason(e));
            return false;
        }
    }

    /// What may stand in a log: the message of a fault may quote what nobody shall read there.
    private static String reason(RuntimeException fault) {
        return fault instanceof MatrixException refusal
                ? refusal.error().errcode()
                : fault.getClass().getName();
    }

    private void note(HeldCase held) {
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
