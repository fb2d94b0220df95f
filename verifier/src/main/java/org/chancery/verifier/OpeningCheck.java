package org.chancery.verifier;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.MemberLine;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.ledger.export.PieceSeed;
import org.chancery.ledger.export.Pieces;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.ledger.megolm.MegolmHeader;
import org.chancery.ledger.megolm.MegolmSignature;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.JdkEd25519;

/// What an opening says, as far as anybody can check it: that it counts every encrypted event in
/// the scope of its case, each once, as read or as not read; that what it read is of those events,
/// with a valid Megolm signature; that membership and the log of device keys are as the room and
/// the
/// log have them; and that the pieces that redactions rest on were committed to.
final class OpeningCheck {
    private final Export export;
    private final Findings findings;
    private final LogCheck log;
    private final List<String> facts;

    OpeningCheck(Export export, Findings findings, LogCheck log, List<String> facts) {
        this.export = export;
        this.findings = findings;
        this.log = log;
        this.facts = facts;
    }

    void check(Graph graph, Optional<CaseEntry> entry, Optional<Long> caseIndex) {
        checkMembers(graph);
        checkKeyChanges();
        var opened = findings.read(export, ExportLayout.OPENED, Opened::parse);
        var messages = messages();
        if (opened.isPresent()) {
            checkScope(graph, opened.get(), entry);
            checkCounts(graph, opened.get(), messages);
        }
        checkPieces(graph, entry, caseIndex, messages);
    }

    private void checkMembers(Graph graph) {
        var lines = new ByteArrayOutputStream();
        for (Pdu event : graph.events()) {
            MemberLine.of(event)
                    .ifPresent(
                            line -> {
                                lines.writeBytes(line.bytes());
                                lines.write('\n');
                            });
        }
        var here = export.read(ExportLayout.MEMBERS);
        if (here.isEmpty() || !Arrays.equals(here.get(), lines.toByteArray())) {
            findings.add(ExportLayout.MEMBERS, "not the membership that the events tell");
        }
    }

    private void checkKeyChanges() {
        var lines = findings.read(export, ExportLayout.KEY_CHANGES, Lines::of).orElse(List.of());
        for (int i = 0; i < lines.size(); i++) {
            String place = ExportLayout.KEY_CHANGES + ", line " + (i + 1);
            var change = findings.read(place, lines.get(i), OpeningCheck::keyChange);
            if (change.isPresent()) {
                byte[] leaf = change.get().entry().bytes();
                log.check(ExportLayout.keyChangeProof(i), place, Hash.leaf(leaf));
            }
        }
        facts.add(lines.size() + " changes of members' keys, each in the log");
    }

    private static KeyChange keyChange(byte[] line) {
        try {
            var change = KeyChange.parse(Json.parseObject(line));
            if (Arrays.equals(change.json().bytes(), line)) {
                return change;
            }
        } catch (MalformedJson _) {
            throw new MalformedArchive("not JSON");
        }
        throw new MalformedArchive("not canonical JSON");
    }

    private Map<EventId, OpenedMessage> messages() {
        var lines = findings.read(export, ExportLayout.MESSAGES, Lines::of).orElse(List.of());
        var messages = new LinkedHashMap<EventId, OpenedMessage>();
        for (int i = 0; i < lines.size(); i++) {
            String place = ExportLayout.MESSAGES + ", line " + (i + 1);
            var message = findings.read(place, lines.get(i), OpenedMessage::parse);
            if (message.isPresent() && messages.put(message.get().event(), message.get()) != null) {
                findings.add(place, "an event for the second time");
            }
        }
        return messages;
    }

    private void checkScope(Graph graph, Opened opened, Optional<CaseEntry> entry) {
        if (entry.isEmpty() || graph.events().isEmpty()) {
            return;
        }
        var room = graph.events().getFirst().roomId();
        try {
            CaseScope scope = entry.get().scope(room);
            if (!scope.from().equals(Instant.ofEpochMilli(opened.from()))
                    || !scope.until().equals(Instant.ofEpochMilli(opened.until()))) {
                findings.add(ExportLayout.OPENED, "another while than the case is about");
            }
        } catch (MalformedArchive e) {
            findings.add(ExportLayout.CASE, "not about this room");
        }
    }

    private void checkCounts(Graph graph, Opened opened, Map<EventId, OpenedMessage> messages) {
        var inScope = new HashMap<EventId, Pdu>();
        for (Pdu event : graph.events()) {
            boolean at =
                    event.originServerTs() >= opened.from()
                            && event.originServerTs() < opened.until();
            if (at && event.type().equals(EventType.ENCRYPTED)) {
                inScope.put(event.eventId(), event);
            }
        }
        Set<EventId> closed = new HashSet<>();
        for (Opened.Unread gap : opened.unread()) {
            boolean known = inScope.containsKey(gap.event()) && closed.add(gap.event());
            if (!known || messages.containsKey(gap.event())) {
                findings.add(gap.event().value(), "stated not to be read, and that is not so");
            }
        }
        if (opened.encrypted() != inScope.size() || opened.exported() != messages.size()) {
            findings.add(ExportLayout.OPENED, "another number of messages");
        }
        if (opened.search().isEmpty() && opened.exported() != opened.read()) {
            findings.add(ExportLayout.OPENED, "messages that were read are not here");
        }
        messages.values().forEach(message -> checkMessage(message, inScope));
        facts.add(opened.read() + " of " + opened.encrypted() + " encrypted events in scope read");
        facts.add(messages.size() + " texts: Megolm signature valid, of events in the log");
    }

    /// The text's place in its session, and the signature of the session's key over the event's
    /// ciphertext. That the text is what the ciphertext says is another matter.
    private void checkMessage(OpenedMessage message, Map<EventId, Pdu> inScope) {
        Pdu event = inScope.get(message.event());
        if (event == null) {
            findings.add(message.event().value(), "read, and no encrypted event in scope");
            return;
        }
        var header = MegolmHeader.of(event);
        if (header.isEmpty()
                || header.get().index() != message.session().index()
                || !header.get().session().equals(message.session().id())) {
            findings.add(message.event().value(), "of another place in its session");
        } else if (!MegolmSignature.holds(event, new JdkEd25519()::verify)) {
            findings.add(message.event().value(), "its Megolm signature does not hold");
        }
    }

    private void checkPieces(
            Graph graph,
            Optional<CaseEntry> entry,
            Optional<Long> caseIndex,
            Map<EventId, OpenedMessage> messages) {
        var bytes = export.read(ExportLayout.PIECES).orElse(new byte[0]);
        var pieces = findings.read(ExportLayout.PIECES, bytes, OpeningCheck::pieces);
        var proved = log.check(ExportLayout.PIECES_PROOF, ExportLayout.PIECES, Hash.leaf(bytes));
        if (proved.isPresent() && caseIndex.filter(i -> i > proved.get().index()).isPresent()) {
            findings.add(ExportLayout.PIECES_PROOF, "logged before the case");
        }
        var leaves =
                findings.read(export, ExportLayout.PIECE_LEAVES, OpeningCheck::hashes)
                        .orElse(List.of());
        if (pieces.isPresent()) {
            var stated = pieces.get();
            boolean ofCase = entry.filter(e -> !e.digest().equals(stated.of())).isEmpty();
            boolean ofRoom =
                    graph.events().isEmpty()
                            || graph.events().getFirst().roomId().equals(stated.room());
            if (!ofCase || !ofRoom) {
                findings.add(ExportLayout.PIECES, "of another case or room");
            }
            if (stated.messages() != leaves.size()
                    || !Hash.at(stated.root().bytes(), 0).equals(Pieces.root(leaves))) {
                findings.add(ExportLayout.PIECE_LEAVES, "not what was logged");
            }
        }
        checkSeeds(leaves, messages);
    }

    private void checkSeeds(List<Hash> leaves, Map<EventId, OpenedMessage> messages) {
        var lines = findings.read(export, ExportLayout.PIECE_SALTS, Lines::of).orElse(List.of());
        Set<EventId> seen = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String place = ExportLayout.PIECE_SALTS + ", line " + (i + 1);
            var seed = findings.read(place, lines.get(i), PieceSeed::parse);
            if (seed.isEmpty()) {
                continue;
            }
            var message = messages.get(seed.get().event());
            long number = seed.get().number();
            if (message == null || number >= leaves.size() || !seen.add(message.event())) {
                findings.add(place, "of no message");
            } else if (!seed.get().leaf(message.plain()).equals(leaves.get((int) number))) {
                findings.add(place, "its pieces are not those that were logged");
            }
        }
        if (seen.size() != messages.size()) {
            findings.add(ExportLayout.PIECE_SALTS, "a message without its pieces");
        }
    }

    private static PiecesEntry pieces(byte[] bytes) {
        if (LogEntry.parse(bytes) instanceof PiecesEntry entry) {
            return entry;
        }
        throw new MalformedArchive("no leaf of pieces");
    }

    private static List<Hash> hashes(byte[] bytes) {
        var hashes = new ArrayList<Hash>();
        for (byte[] line : Lines.of(bytes)) {
            var hash = Hash.parse(new String(line, UTF_8));
            hashes.add(hash.orElseThrow(() -> new MalformedLeaf("a hash")));
        }
        return hashes;
    }
}
