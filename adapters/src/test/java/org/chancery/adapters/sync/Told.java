package org.chancery.adapters.sync;

import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chancery.homeserver.sync.JoinedRoom;
import org.chancery.homeserver.sync.ShownEvent;
import org.chancery.homeserver.sync.StrippedRoom;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.protocol.id.RoomId;

/// What an answer tells, as text and in parts.
final class Told {
    private Told() {}

    /// All of it but the order in which nothing stands.
    static String of(SyncAnswer answer) {
        var all = new TreeMap<String, Object>();
        all.put("next", answer.nextBatch());
        answer.rooms().joined().forEach(room -> all.put("join " + room.room(), text(room)));
        answer.rooms().left().forEach(room -> all.put("leave " + room.room(), text(room)));
        answer.rooms().invited().forEach(room -> all.put("invite " + room.room(), room.events()));
        answer.rooms().knocked().forEach(room -> all.put("knock " + room.room(), room.events()));
        all.put("account data", answer.accountData());
        all.put("presence", answer.presence());
        all.put("to device", answer.toDevice());
        all.put(
                "changed",
                new TreeSet<>(
                        answer.deviceLists().changed().stream().map(Object::toString).toList()));
        all.put(
                "left",
                new TreeSet<>(answer.deviceLists().left().stream().map(Object::toString).toList()));
        all.put("keys", answer.keys());
        return all.toString();
    }

    private static String text(JoinedRoom room) {
        return String.join(
                " ",
                "timeline",
                ids(room.timeline()).toString(),
                facts(room.timeline()).toString(),
                "limited",
                String.valueOf(room.limited()),
                room.prevBatch().toString(),
                "state",
                new TreeSet<>(ids(room.state())).toString(),
                room.summary().toString(),
                room.receipts().toString(),
                room.typing().toString(),
                room.accountData().toString(),
                room.unread().toString());
    }

    /// What an event shows besides its id.
    private static List<String> facts(List<ShownEvent> events) {
        return events.stream()
                .map(
                        shown ->
                                shown.event().event()
                                        + " "
                                        + shown.event().redactedBy()
                                        + shown.redaction().map(it -> it.id().value())
                                        + shown.replaced().map(it -> it.id().value())
                                        + shown.membership()
                                        + shown.transactionId())
                .toList();
    }

    static List<String> ids(List<ShownEvent> events) {
        return events.stream().map(shown -> shown.event().id().value()).toList();
    }

    /// The types of events, with the state key of memberships.
    static List<String> names(List<ShownEvent> events) {
        return events.stream()
                .map(
                        shown ->
                                shown.event().type().equals("m.room.member")
                                        ? shown.event().stateKey().orElseThrow()
                                        : shown.event().type())
                .toList();
    }

    /// What was said.
    static List<String> bodies(List<ShownEvent> events) {
        return events.stream()
                .flatMap(shown -> shown.event().content().string("body").stream())
                .toList();
    }

    static Optional<JoinedRoom> joined(SyncAnswer answer, RoomId room) {
        return find(answer.rooms().joined(), room);
    }

    static Optional<JoinedRoom> left(SyncAnswer answer, RoomId room) {
        return find(answer.rooms().left(), room);
    }

    static Optional<StrippedRoom> invited(SyncAnswer answer, RoomId room) {
        return answer.rooms().invited().stream()
                .filter(it -> it.room().id().equals(room))
                .findFirst();
    }

    private static Optional<JoinedRoom> find(List<JoinedRoom> rooms, RoomId room) {
        return rooms.stream().filter(it -> it.room().id().equals(room)).findFirst();
    }
}
