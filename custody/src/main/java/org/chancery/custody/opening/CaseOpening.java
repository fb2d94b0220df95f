package org.chancery.custody.opening;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.custody.ceremony.LogPolicy;
import org.chancery.custody.files.OwnFiles;
import org.chancery.custody.seal.Secret;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.MemberLine;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.ledger.export.Pieces;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;

/// Opens a case that was checked: room after room, each into an export of its own.
///
/// # Life of an opening
/// Everything is written to a folder that no program takes for an export, and gets its name when
/// all
/// is there; a machine that dies leaves that folder, and the opening is done anew, as often as one
/// likes. What is to be logged afterwards, the leaf over the pieces of the messages and that of the
/// export, lies in `to-log`; an export counts when their proofs have come back.
public final class CaseOpening {
    private final DossierReader dossier;
    private final CaseOrder order;
    private final LogPolicy policy;
    private final Keys keys;
    private final SecureRandom random;
    private final Progress progress;

    /// Brings the key of a device's container together, from the shares of a quorum.
    public interface Keys {
        Secret key(ArchiveIdentity identity, ArchiveDevice device);
    }

    /// @param order of the dossier's case, as [CaseCheck] gave it
    public CaseOpening(
            DossierReader dossier,
            CaseOrder order,
            LogPolicy policy,
            Keys keys,
            SecureRandom random,
            Progress progress) {
        this.dossier = dossier;
        this.order = order;
        this.policy = policy;
        this.keys = keys;
        this.random = random;
        this.progress = progress;
    }

    /// How much of a room was read.
    public record Read(long read, long encrypted, long exported) {}

    /// Writes the export of the room at that place of the scope.
    ///
    /// @param search only what holds these words leaves; all, where they are none
    /// @param folder where nothing is yet
    /// @param toLog where the leaves go that are to be logged
    public Read open(int place, String search, Path folder, Path toLog, Instant now)
            throws IOException {
        DossierReader.Room room = dossier.room(place);
        ExportFolder export = new ExportFolder(folder);
        RoomOpening.Result result;
        try (OpenedDevices devices = OpenedDevices.open(room, keys, progress)) {
            result = new RoomOpening(room, devices, export, search, random, progress).open();
            progress.say(
                    String.format(
                            Locale.ROOT,
                            "%d messages to the archive, of which %d could not be read",
                            devices.received(),
                            devices.unreadable()));
        }
        Map<EventId, String> places = writeProofs(room, result, export);
        writeRoom(room, result, export);
        PiecesEntry pieces = writePieces(room, result, export, now);
        export.write(
                "index.html",
                Page.of(
                        order.entry(),
                        result,
                        event -> places.getOrDefault(event, "no: no leaf has it")));
        ExportLeaf leaf =
                export.seal(
                        room.scope().room(), Hash.leaf(order.entry().bytes()), now.toEpochMilli());
        String name = String.format(Locale.ROOT, "%03d", place);
        OwnFiles.write(toLog.resolve(name + "-pieces.json"), pieces.bytes());
        OwnFiles.write(toLog.resolve(name + "-export.json"), leaf.bytes());
        return new Read(
                result.opened().read(), result.opened().encrypted(), result.opened().exported());
    }

    /// The leaves of the room and the case, with their proofs; answers where each event is.
    private Map<EventId, String> writeProofs(
            DossierReader.Room room, RoomOpening.Result result, ExportFolder export) {
        export.write(ExportLayout.CASE, order.entry().bytes());
        export.write(ExportLayout.CASE_PROOF, dossier.proof().getBytes(UTF_8));
        ByteArrayOutputStream leaves = new ByteArrayOutputStream();
        Map<EventId, String> places = new HashMap<>();
        int next = 0;
        for (int number = 0; number < room.counts().leaves(); number++) {
            byte[] leaf = room.leaf(number);
            line(leaves, leaf);
            String proof = room.leafProof(number);
            export.write(ExportLayout.leafProof(number), proof.getBytes(UTF_8));
            long index = policy.check(leaf, proof, "leaf " + number + " of the room");
            String where =
                    index < order.index()
                            ? "leaf " + number + " of the room, entry " + index + " of the log"
                            : "no: leaf " + number + " of the room was logged after the case";
            long count = RoomLeaf.parse(leaf).events().count();
            for (long i = 0; i < count && next < result.lines().size(); i++) {
                if (result.lines().get(next) instanceof EventLine.Kept(var json)) {
                    var version = result.events().getFirst().version();
                    places.put(Pdu.parse(json, version).eventId(), where);
                }
                next++;
            }
        }
        export.write(ExportLayout.LEAVES, leaves.toByteArray());
        return places;
    }

    private static void writeRoom(
            DossierReader.Room room, RoomOpening.Result result, ExportFolder export) {
        ByteArrayOutputStream events = new ByteArrayOutputStream();
        result.lines().forEach(line -> line(events, line.bytes()));
        export.write(ExportLayout.EVENTS, events.toByteArray());
        ByteArrayOutputStream messages = new ByteArrayOutputStream();
        for (OpenedMessage message : result.messages()) {
            line(messages, message.bytes());
        }
        export.write(ExportLayout.MESSAGES, messages.toByteArray());
        ByteArrayOutputStream members = new ByteArrayOutputStream();
        for (Pdu event : result.events()) {
            MemberLine.of(event).ifPresent(one -> line(members, one.bytes()));
        }
        export.write(ExportLayout.MEMBERS, members.toByteArray());
        ByteArrayOutputStream changes = new ByteArrayOutputStream();
        AtomicInteger number = new AtomicInteger();
        room.keyChanges(
                change -> {
                    line(changes, change.change().json().bytes());
                    export.write(
                            ExportLayout.keyChangeProof(number.getAndIncrement()),
                            change.proof().getBytes(UTF_8));
                });
        export.write(ExportLayout.KEY_CHANGES, changes.toByteArray());
        export.write(ExportLayout.SERVERS, room.servers());
        export.write(ExportLayout.COMPLETENESS, result.completeness().bytes());
        export.write(ExportLayout.OPENED, result.opened().bytes());
    }

    private PiecesEntry writePieces(
            DossierReader.Room room, RoomOpening.Result result, ExportFolder export, Instant now) {
        ByteArrayOutputStream salts = new ByteArrayOutputStream();
        result.pieces().salts().forEach(salt -> line(salts, salt));
        export.write(ExportLayout.PIECE_SALTS, salts.toByteArray());
        List<Hash> leaves = result.pieces().leaves();
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        leaves.forEach(hash -> line(hashes, hash.toString().getBytes(UTF_8)));
        export.write(ExportLayout.PIECE_LEAVES, hashes.toByteArray());
        PiecesEntry entry =
                new PiecesEntry(
                        order.entry().digest(),
                        room.scope().room(),
                        leaves.size(),
                        new Digest(UnpaddedBase64.encode(Pieces.root(leaves).bytes())),
                        now);
        export.write(ExportLayout.PIECES, entry.bytes());
        return entry;
    }

    private static void line(ByteArrayOutputStream lines, byte[] line) {
        lines.writeBytes(line);
        lines.write('\n');
    }
}
