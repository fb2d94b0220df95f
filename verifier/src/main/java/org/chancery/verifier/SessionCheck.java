package org.chancery.verifier;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.megolm.MegolmHeader;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.UserId;

/// That the senders' sessions count on without a gap that is not stated. The numbers stand outside
/// the encryption, so no key is needed.
final class SessionCheck {
    private final Findings findings;
    private final Map<Session, SortedSet<Long>> indexes =
            new TreeMap<>(
                    Comparator.comparing((Session s) -> s.sender().toString())
                            .thenComparing(Session::id));

    SessionCheck(Findings findings) {
        this.findings = findings;
    }

    private record Session(UserId sender, String id) {}

    void check(List<Pdu> events, Completeness completeness) {
        for (Pdu event : events) {
            MegolmHeader.of(event).ifPresent(header -> count(event, header));
        }
        var found = new ArrayList<Completeness.Silence>();
        indexes.forEach((session, numbers) -> silences(session, numbers, found));
        for (Completeness.Silence gap : found) {
            if (completeness.silences().stream().noneMatch(gap::isOf)) {
                findings.add(words(gap), "missing, and not stated to be");
            }
        }
        for (Completeness.Silence gap : completeness.silences()) {
            if (found.stream().noneMatch(gap::isOf)) {
                findings.add(words(gap), "stated to be missing, and is not");
            }
        }
        if (completeness.silences().size() > found.size()) {
            findings.add(ExportLayout.COMPLETENESS, "a silence stated twice");
        }
    }

    private void count(Pdu event, MegolmHeader header) {
        var session = new Session(event.sender(), header.session());
        if (!indexes.computeIfAbsent(session, _ -> new TreeSet<>()).add(header.index())) {
            findings.add(event.eventId().value(), "a number of its session for the second time");
        }
    }

    private static void silences(
            Session session, SortedSet<Long> numbers, List<Completeness.Silence> found) {
        long next = 0;
        for (long number : numbers) {
            if (number > next) {
                found.add(
                        new Completeness.Silence(
                                session.sender(),
                                session.id(),
                                next,
                                number - 1,
                                Completeness.Cause.UNKNOWN));
            }
            next = number + 1;
        }
    }

    private static String words(Completeness.Silence gap) {
        return "session "
                + gap.session()
                + " of "
                + gap.sender()
                + ", messages "
                + gap.first()
                + " to "
                + gap.last();
    }
}
