package org.chancery.benchmarks.crash;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.benchmarks.crash.Findings.Kind;

/// Compares what a server shows of a room with what it had promised.
final class Verification {
    private final Findings findings;

    Verification(Findings findings) {
        this.findings = findings;
    }

    /// Every acknowledged event is there once, and every sender's messages are in order.
    ///
    /// @param acknowledged event id by transaction id
    void history(String room, List<Message> shown, Map<String, String> acknowledged) {
        Map<String, String> events = new HashMap<>();
        Map<String, Integer> last = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (Message message : shown) {
            if (events.put(message.txn(), message.event()) != null || !ids.add(message.event())) {
                findings.add(Kind.DUPLICATE, room + " " + message);
            }
            Integer before = last.put(message.sender(), message.number());
            if (before != null && before > message.number()) {
                findings.add(Kind.REORDERED, room + " " + message + " after " + before);
            }
        }
        acknowledged.forEach(
                (txn, event) -> {
                    if (!event.equals(events.get(txn))) {
                        findings.add(Kind.LOST, room + " " + txn + " " + event);
                    }
                });
    }

    /// A sync that was resumed has shown what the room holds: nothing less, more, or otherwise.
    void sync(String room, List<Message> shown, List<Message> seen) {
        Set<Message> there = new HashSet<>(shown);
        for (Message message : seen) {
            if (!there.contains(message)) {
                findings.add(Kind.LOST, room + " " + message + " was seen by another user");
            }
        }
        if (!shown.equals(seen)) {
            findings.add(
                    Kind.SYNC,
                    room + ": " + shown.size() + " in the room, " + seen.size() + " seen");
        }
    }
}
