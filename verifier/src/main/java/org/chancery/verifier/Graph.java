package org.chancery.verifier;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.ServerKeys;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.MalformedPdu;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.event.ReceivedPdu;
import org.chancery.protocol.event.VerifiedPdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.JdkEd25519;

/// The room as its signed events tell it: each is well-formed, has the id that its bytes give, and
/// is
/// signed by whom it must; all are of one room; and what one of them names is there, or is stated
/// to
/// be missing.
final class Graph {
    private static final Set<RoomVersion> VERSIONS = Set.of(RoomVersion.V11, RoomVersion.V12);

    private final List<Pdu> events = new ArrayList<>();
    private final List<byte[]> lines;
    private final List<Hash> hashes = new ArrayList<>();
    private final Set<EventId> disposed = new HashSet<>();
    private final Findings findings;
    private long redacted;

    private Graph(List<byte[]> lines, Findings findings) {
        this.lines = lines;
        this.findings = findings;
        lines.forEach(line -> hashes.add(Hash.leaf(line)));
    }

    static Graph read(List<byte[]> lines, ServerKeys keys, Findings findings) {
        var graph = new Graph(lines, findings);
        var version = graph.version();
        if (version.isPresent()) {
            for (int i = 0; i < lines.size(); i++) {
                graph.readLine(i, version.get(), keys);
            }
        }
        return graph;
    }

    /// The events in the order of the lines; one is missing for a line that could not be read.
    List<Pdu> events() {
        return events;
    }

    /// The leaf hash of each line: of an event that was disposed of the one that is stated.
    List<Hash> hashes() {
        return hashes;
    }

    /// The events of which only the hash is left.
    Set<EventId> disposed() {
        return disposed;
    }

    /// How many events came redacted: what they said is gone.
    long redacted() {
        return redacted;
    }

    static String place(int line) {
        return ExportLayout.EVENTS + ", line " + (line + 1);
    }

    /// What the first event, the creation, says.
    private Optional<RoomVersion> version() {
        if (lines.isEmpty()) {
            findings.add(ExportLayout.EVENTS, "no events");
            return Optional.empty();
        }
        var create = json(0).filter(json -> json.string("type").equals(CREATION));
        var version =
                create.flatMap(json -> json.object("content"))
                        .flatMap(content -> content.string("room_version"))
                        .flatMap(RoomVersion::of)
                        .filter(VERSIONS::contains);
        if (version.isEmpty()) {
            findings.add(place(0), "no creation of a room of version 11 or 12");
        }
        return version;
    }

    private static final Optional<String> CREATION = Optional.of(EventType.CREATE);

    private Optional<JsonObject> json(int line) {
        try {
            var json = Json.parseObject(lines.get(line));
            if (Arrays.equals(json.bytes(), lines.get(line))) {
                return Optional.of(json);
            }
        } catch (MalformedJson e) {
            findings.add(place(line), "not JSON");
            return Optional.empty();
        }
        findings.add(place(line), "not canonical JSON");
        return Optional.empty();
    }

    private void readLine(int line, RoomVersion version, ServerKeys keys) {
        var json = json(line);
        if (json.isEmpty() || isDisposed(line, json.get())) {
            return;
        }
        try {
            var received = ReceivedPdu.parse(json.get(), version);
            var verified = VerifiedPdu.verify(received, keys, new JdkEd25519()::verify);
            if (verified.isEmpty()) {
                findings.add(place(line), "not signed by the server that must have signed it");
            } else if (!verified.get().contentIntact()) {
                readRedacted(line, received.unverified());
            }
            events.add(received.unverified());
        } catch (MalformedPdu e) {
            findings.add(place(line), "no event: " + e.getMessage());
        }
    }

    private boolean isDisposed(int line, JsonObject json) {
        if (!json.has("disposed") || json.has("signatures")) {
            return false;
        }
        try {
            if (EventLine.parse(lines.get(line)) instanceof EventLine.Disposed gone) {
                hashes.set(line, Hash.at(gone.hash().bytes(), 0));
                if (!disposed.add(gone.event())) {
                    findings.add(place(line), "disposed of twice");
                }
            }
        } catch (MalformedArchive e) {
            findings.add(place(line), "no event: " + e.getMessage());
        }
        return true;
    }

    /// An event whose content is not what was signed must have nothing left but what redaction
    /// leaves.
    private void readRedacted(int line, Pdu event) {
        redacted++;
        if (!event.redacted().json().without("unsigned").equals(event.json().without("unsigned"))) {
            findings.add(place(line), "its content is not what was signed");
        }
    }

    /// Everything that is named is here or stated to be missing, and nothing else is stated.
    void checkClosure(Completeness completeness) {
        Set<EventId> here = new HashSet<>();
        for (int i = 0; i < events.size(); i++) {
            var event = events.get(i);
            boolean creation = event.isState(EventType.CREATE);
            if (!here.add(event.eventId())) {
                findings.add(event.eventId().value(), "twice in the room");
            }
            if (!event.roomId().equals(events.getFirst().roomId()) || (creation && i > 0)) {
                findings.add(event.eventId().value(), "of another room");
            }
        }
        Set<EventId> missing = new HashSet<>();
        for (Pdu event : events) {
            missing.addAll(event.prevEvents());
            missing.addAll(event.authEvents());
        }
        missing.removeAll(here);
        for (EventId gone : disposed) {
            missing.add(gone);
            if (completeness.missing().get(gone) != Completeness.Cause.DISPOSED) {
                findings.add(gone.value(), "not stated to be disposed of");
            }
        }
        var stated = completeness.missing().keySet();
        union(missing, stated)
                .forEach(
                        id -> {
                            if (!stated.contains(id)) {
                                findings.add(id.value(), "named by an event and not here");
                            } else if (!missing.contains(id)) {
                                findings.add(id.value(), "stated to be missing, and is not");
                            }
                        });
        if (completeness.events() != events.size()) {
            findings.add(ExportLayout.COMPLETENESS, "another number of events");
        }
    }

    private static Set<EventId> union(Set<EventId> one, Set<EventId> other) {
        var all = new TreeSet<EventId>(Comparator.comparing(EventId::value));
        all.addAll(one);
        all.addAll(other);
        return all;
    }

    /// The events among the first ones that none of them names as before it, in order of their ids.
    static List<EventId> extremities(List<Pdu> first) {
        Map<EventId, Boolean> open = new HashMap<>();
        for (Pdu event : first) {
            event.prevEvents().forEach(id -> open.put(id, false));
            open.putIfAbsent(event.eventId(), true);
        }
        return open.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted(Comparator.comparing(EventId::value))
                .toList();
    }
}
