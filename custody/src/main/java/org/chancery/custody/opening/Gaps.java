package org.chancery.custody.opening;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.megolm.MegolmHeader;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;

/// The gaps of a room that show without opening it: events that others name, and numbers of a
/// session that no event carries.
final class Gaps {
    private final Set<EventId> here = new HashSet<>();
    private final Set<EventId> named = new HashSet<>();
    private final Set<EventId> disposed = new HashSet<>();
    private final Map<Session, SortedSet<Long>> numbers =
            new TreeMap<>(
                    Comparator.comparing((Session s) -> s.sender().toString())
                            .thenComparing(Session::id));

    private record Session(UserId sender, String id) {}

    void add(Pdu event) {
        here.add(event.eventId());
        named.addAll(event.prevEvents());
        named.addAll(event.authEvents());
        MegolmHeader.of(event)
                .ifPresent(
                        header ->
                                numbers.computeIfAbsent(
                                                new Session(event.sender(), header.session()),
                                                _ -> new TreeSet<>())
                                        .add(header.index()));
    }

    void addDisposed(EventId event) {
        disposed.add(event);
    }

    Completeness stated() {
        Map<EventId, Completeness.Cause> missing = new HashMap<>();
        for (EventId id : named) {
            if (!here.contains(id)) {
                missing.put(
                        id,
                        disposed.contains(id)
                                ? Completeness.Cause.DISPOSED
                                : Completeness.Cause.NEVER_RECEIVED);
            }
        }
        disposed.forEach(id -> missing.put(id, Completeness.Cause.DISPOSED));
        List<Completeness.Silence> silences = new ArrayList<>();
        numbers.forEach((session, seen) -> silences(session, seen, silences));
        return new Completeness(here.size(), missing, silences);
    }

    private void silences(
            Session session, SortedSet<Long> seen, List<Completeness.Silence> silences) {
        long next = 0;
        for (long number : seen) {
            if (number > next) {
                Completeness.Cause cause =
                        disposed.isEmpty()
                                ? Completeness.Cause.NEVER_RECEIVED
                                : Completeness.Cause.UNKNOWN;
                silences.add(
                        new Completeness.Silence(
                                session.sender(), session.id(), next, number - 1, cause));
            }
            next = number + 1;
        }
    }
}
