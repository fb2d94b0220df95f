package org.chancery.governance.records;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.chancery.homeserver.events.Follower.Derived;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.ledger.megolm.MegolmHeader;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.UserId;

/// Watches for each Megolm session whether its key can have come to the archive.
///
/// A client sends the key of a session in one Olm message to each device, before it sends the first
/// event that is encrypted with it. So a session is *presumed covered* from the first number before
/// which an Olm message of its device came that no other session has used. A client that could not
/// get a key of the archive's device tries again later and sends what it then has: the session is
/// covered from a later number, and what came before is lost to the archive.
///
/// Nothing is proved by that. The message may hold something else, and only an opening tells; but a
/// session without one is a gap for certain, and its sender can be told at once.
public final class Coverage implements Ingest.Watcher {
    private static final int SETTLED_MAX = 50_000;

    private final SessionStore sessions;
    private final WatchedLetters letters;
    private final Runnable gap;

    /// Sessions that are known to be covered: an event of one of them asks nothing of the store.
    /// Seen by the follower's thread alone.
    private final Set<Key> settled = new HashSet<>();

    /// Sessions that are known not to be, and the last event at which that was so. No more is asked
    /// until their device sends a letter.
    private final Map<Key, Waiting> waiting = new HashMap<>();

    private record Waiting(LetterStore.Sender sender, long event) {}

    private record Key(long room, UserId sender, String session) {}

    private record Changed(RoomRef room, Session session) {}

    /// @param gap told, before it is durable, that there is a session without a key
    public Coverage(SessionStore sessions, WatchedLetters letters, Runnable gap) {
        this.sessions = sessions;
        this.letters = letters;
        this.gap = gap;
    }

    @Override
    public Optional<Derived> watch(List<Ingest.Taken> taken) {
        Map<Key, Changed> changed = new HashMap<>();
        for (Ingest.Taken each : taken) {
            watch(each, changed);
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        boolean gaps = changed.values().stream().anyMatch(it -> !it.session().isWhole());
        return Optional.of(
                tx -> {
                    changed.values().forEach(it -> sessions.put(tx, it.room(), it.session()));
                    if (gaps) {
                        gap.run();
                    }
                });
    }

    private void watch(Ingest.Taken taken, Map<Key, Changed> changed) {
        Pdu event = taken.event();
        Optional<String> id = event.content().string("session_id");
        if (!event.type().equals(EventType.ENCRYPTED) || id.isEmpty()) {
            return;
        }
        RoomRef room = taken.place().room();
        Key key = new Key(room.number(), event.sender(), id.get());
        if (settled.contains(key) || stillWaits(key, room)) {
            return;
        }
        Optional<MegolmHeader> header = MegolmHeader.of(event);
        if (header.isEmpty()) {
            return;
        }
        Changed inBatch = changed.get(key);
        Optional<Session> known =
                inBatch != null
                        ? Optional.of(inBatch.session())
                        : sessions.find(room, event.sender(), id.get());
        if (known.isPresent() && known.get().covered().isPresent()) {
            if (inBatch == null) {
                settle(key);
            }
            return;
        }
        Session now = known.orElseGet(() -> begun(taken, header.get()));
        Session judged = judged(taken, now, header.get().index(), changed);
        if (known.isEmpty() || judged.covered().isPresent()) {
            changed.put(key, new Changed(room, judged));
        } else if (inBatch == null) {
            await(key, new Waiting(judged.sender(), taken.place().id()));
        }
    }

    /// A session that the store has without a key, and whose device has sent no letter since.
    private boolean stillWaits(Key key, RoomRef room) {
        Waiting known = waiting.get(key);
        return known != null && letters.latest(room, known.sender()) <= known.event();
    }

    private void await(Key key, Waiting since) {
        if (waiting.size() >= SETTLED_MAX) {
            waiting.clear();
        }
        waiting.put(key, since);
    }

    private void settle(Key key) {
        if (settled.size() >= SETTLED_MAX) {
            settled.clear();
        }
        settled.add(key);
        waiting.remove(key);
    }

    private static Session begun(Ingest.Taken taken, MegolmHeader header) {
        Pdu event = taken.event();
        return new Session(
                new LetterStore.Sender(event.sender(), device(event)),
                header.session(),
                new Session.First(taken.place().id(), header.index(), event.originServerTs()),
                OptionalLong.empty(),
                0);
    }

    /// What the event says of its device. A client that says nothing cannot be matched.
    private static DeviceId device(Pdu event) {
        try {
            return event.content()
                    .string("device_id")
                    .map(DeviceId::parse)
                    .orElseGet(() -> new DeviceId("-"));
        } catch (MalformedId e) {
            return new DeviceId("-");
        }
    }

    private Session judged(
            Ingest.Taken taken, Session session, long index, Map<Key, Changed> changed) {
        RoomRef room = taken.place().room();
        Optional<LetterStore.Mark> olm =
                letters.lastOlm(room, session.sender(), taken.place().id());
        if (olm.isEmpty()) {
            return session;
        }
        long used = sessions.lastUsed(room, session.sender());
        for (Changed other : changed.values()) {
            boolean same =
                    other.room().number() == room.number()
                            && other.session().sender().equals(session.sender());
            used = same ? Math.max(used, other.session().olm()) : used;
        }
        return olm.get().id() > used ? session.coveredFrom(index, olm.get().id()) : session;
    }
}
