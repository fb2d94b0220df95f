package org.chancery.verifier;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.CaseGround;
import org.chancery.archive.entry.CaseOfficer;
import org.chancery.archive.entry.CaseScope;
import org.chancery.archive.entry.PiecesEntry;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.StockId;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Manifest;
import org.chancery.ledger.export.MemberLine;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.export.ServerKeys;
import org.chancery.ledger.leaf.ExportLeaf;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.DraftEvent;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.JdkEd25519;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.sequencer.Sequencer;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.verify.Policy;

/// An export as an honest server and honest openers make it, and the hooks to make it otherwise:
/// each
/// list may be changed before it is sealed, each file afterwards.
final class TestExport implements Export {
    static final String ORIGIN = "log.example.org";
    static final ServerName SERVER = ServerName.parse("example.org");
    static final UserId ALICE = UserId.parse("@alice:example.org");
    static final UserId BOB = UserId.parse("@bob:example.org");
    private static final TestKey SERVER_KEY = new TestKey(1);
    private static final TestKey LOG = new TestKey(2);
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");

    final List<Pdu> events = new ArrayList<>();
    final List<Integer> ends = new ArrayList<>();
    final Map<EventId, Completeness.Cause> missing = new HashMap<>();
    final List<Completeness.Silence> silences = new ArrayList<>();
    final SortedMap<String, byte[]> files = new TreeMap<>();
    private final RoomVersion version;
    private List<EventId> heads = List.of();
    private List<EventId> allowedBy = List.of();

    private TestExport(RoomVersion version) {
        this.version = version;
    }

    /// A room with members who wrote, in three leaves.
    static TestExport of(RoomVersion version) {
        var export = new TestExport(version);
        export.create();
        export.write(ALICE, "s1", 0);
        export.write(ALICE, "s1", 1);
        export.endLeaf();
        export.write(BOB, "s2", 0);
        export.write(ALICE, "s1", 2);
        export.endLeaf();
        export.endLeaf();
        export.write(BOB, "s2", 1);
        export.endLeaf();
        return export;
    }

    private void create() {
        var content = JsonObject.EMPTY.with("room_version", version.id());
        var draft = DraftEvent.of(ALICE, "m.room.create", content, 1_000).state("");
        if (version != RoomVersion.V12) {
            draft = draft.in(RoomId.parse("!room:example.org"));
        }
        add(draft.after(List.of(), 1));
        if (version != RoomVersion.V12) {
            allowedBy = heads;
        }
        var join = JsonObject.EMPTY.with("membership", "join");
        add(draft("m.room.member", join).state(ALICE.toString()));
    }

    DraftEvent draft(String type, JsonObject content) {
        return DraftEvent.of(ALICE, type, content, 2_000)
                .in(room())
                .after(heads, events.size() + 1L)
                .authorizedBy(allowedBy);
    }

    RoomId room() {
        return events.getFirst().roomId();
    }

    void add(DraftEvent draft) {
        var event = draft.sign(version, SERVER, SERVER_KEY).pdu();
        events.add(event);
        heads = List.of(event.eventId());
    }

    /// An encrypted message with that number of a session.
    void write(UserId sender, String session, int index) {
        var message = new byte[] {3, 8, (byte) index, 18, 1, 7};
        var content =
                JsonObject.EMPTY
                        .with("algorithm", "m.megolm.v1.aes-sha2")
                        .with("session_id", session)
                        .with("ciphertext", UnpaddedBase64.encode(message));
        add(
                DraftEvent.of(sender, "m.room.encrypted", content, 3_000)
                        .in(room())
                        .after(heads, events.size() + 1L)
                        .authorizedBy(allowedBy));
    }

    void endLeaf() {
        ends.add(events.size());
    }

    static Policy policy() {
        return Policy.of(
                new VerifierKey(ORIGIN, VerifierKey.Use.NOTE, LOG.publicKey()),
                2,
                Map.of("w1", witness(11), "w2", witness(12)));
    }

    private static VerifierKey witness(int number) {
        return new VerifierKey(
                "w.example/" + number,
                VerifierKey.Use.COSIGNATURE,
                new TestKey(number).publicKey());
    }

    List<RoomLeaf> leaves() {
        var leaves = new ArrayList<RoomLeaf>();
        int from = 0;
        for (int end : ends) {
            var taken = events.subList(from, end);
            var types = new TreeMap<String, Long>();
            taken.forEach(event -> types.merge(event.type(), 1L, Long::sum));
            int number = leaves.size();
            leaves.add(
                    new RoomLeaf(
                            new RoomLeaf.Place(room(), version, number),
                            number == 0 ? null : leaves.getLast().hash(),
                            number * 3_600_000L,
                            (number + 1) * 3_600_000L,
                            RoomLeaf.Taken.of(taken.stream().map(e -> e.json().bytes()).toList()),
                            RoomLeaf.Taken.of(List.of()),
                            types,
                            Graph.extremities(events.subList(0, end))));
            from = end;
        }
        return leaves;
    }

    /// Logs and writes everything, with the case after the leaves.
    TestExport seal() {
        return seal(leaves(), true);
    }

    TestExport seal(List<RoomLeaf> leaves, boolean caseLast) {
        var store = new Store();
        var log = Sequencer.open(store, ORIGIN, LOG, new JdkEd25519());
        var entry = caseEntry();
        var open = entry.bytes();
        var entries = new ArrayList<byte[]>();
        leaves.forEach(leaf -> entries.add(leaf.bytes()));
        entries.add(caseLast ? entries.size() : 0, open);
        var signed = cosigned(log.append(entries));
        var published = new PublishedLog(store);

        files.clear();
        files.put(ExportLayout.CASE, open);
        int caseIndex = entries.indexOf(open);
        files.put(ExportLayout.CASE_PROOF, published.prove(signed, caseIndex).bytes());
        for (int i = 0; i < leaves.size(); i++) {
            long index = caseLast ? i : i + 1;
            files.put(ExportLayout.leafProof(i), published.prove(signed, index).bytes());
        }
        files.put(ExportLayout.LEAVES, lines(leaves.stream().map(RoomLeaf::bytes).toList()));
        files.put(ExportLayout.EVENTS, lines(events.stream().map(e -> e.json().bytes()).toList()));
        files.put(ExportLayout.SERVERS, keys().bytes());
        files.put(
                ExportLayout.COMPLETENESS,
                new Completeness(events.size(), missing, silences).bytes());
        files.put("texts/index.html", new byte[] {'<', 'p', '>'});
        var pieces = putOpening(entry);

        var list = new TreeMap<String, Manifest.File>();
        files.forEach((path, bytes) -> list.put(path, Manifest.File.of(bytes)));
        var manifest = new Manifest(list).bytes();
        files.put(ExportLayout.MANIFEST, manifest);
        var export = new ExportLeaf(room(), Hash.leaf(open), Hash.leaf(manifest), 5_000);
        files.put(ExportLayout.EXPORT, export.bytes());
        var later = cosigned(log.append(List.of(export.bytes(), pieces)));
        files.put(ExportLayout.EXPORT_PROOF, published.prove(later, entries.size()).bytes());
        files.put(ExportLayout.PIECES_PROOF, published.prove(later, entries.size() + 1).bytes());
        return this;
    }

    private CaseEntry caseEntry() {
        var asks = new TestKey(21);
        var approves = new TestKey(22);
        var scope =
                new CaseScope(
                        room(),
                        new StockId("00".repeat(16)),
                        1,
                        List.of(new DeviceId("2026Q4")),
                        Instant.EPOCH,
                        Instant.ofEpochMilli(10_000));
        return new CaseEntry(
                        new CaseGround(
                                CaseGround.Kind.OVERSIGHT, "W-1", "Woo 4.1", "It was asked."),
                        List.of(scope),
                        PublicKey.of(asks.publicKey()),
                        new CaseEntry.Notice(NOON, ""),
                        NOON,
                        CaseEntry.Signers.unsigned(
                                officer("@rita:example.org", asks),
                                officer("@anton:example.org", approves)))
                .requestedBy(asks)
                .approvedBy(approves);
    }

    private static CaseOfficer officer(String user, TestKey key) {
        return new CaseOfficer(UserId.parse(user), user, PublicKey.of(key.publicKey()));
    }

    /// What an opening says that read nothing; answers the leaf of its pieces.
    private byte[] putOpening(CaseEntry entry) {
        var unread = new ArrayList<Opened.Unread>();
        var members = new ArrayList<byte[]>();
        for (Pdu event : events) {
            if (event.type().equals("m.room.encrypted")) {
                unread.add(new Opened.Unread(event.eventId(), Opened.Cause.NO_KEY, ""));
            }
            MemberLine.of(event).ifPresent(line -> members.add(line.bytes()));
        }
        files.put(
                ExportLayout.OPENED,
                new Opened(0, 10_000, unread.size(), 0, "", unread, List.of()).bytes());
        files.put(ExportLayout.MEMBERS, lines(members));
        files.put(ExportLayout.MESSAGES, new byte[0]);
        files.put(ExportLayout.KEY_CHANGES, new byte[0]);
        files.put(ExportLayout.PIECE_LEAVES, new byte[0]);
        files.put(ExportLayout.PIECE_SALTS, new byte[0]);
        var root = UnpaddedBase64.encode(Hash.OF_EMPTY_TREE.bytes());
        var pieces = new PiecesEntry(entry.digest(), room(), 0, new Digest(root), NOON).bytes();
        files.put(ExportLayout.PIECES, pieces);
        return pieces;
    }

    private static ServerKeys keys() {
        var key = UnpaddedBase64.encode(SERVER_KEY.publicKey());
        return new ServerKeys(
                Map.of(SERVER, Map.of(SERVER_KEY.keyId(), new ServerKeys.Key(key, 10_000))));
    }

    private static SignedCheckpoint cosigned(SignedCheckpoint signed) {
        var cosigned = signed;
        for (int number : List.of(11, 12)) {
            cosigned =
                    cosigned.with(
                            Signatures.cosign(
                                    signed.note().text(),
                                    "w.example/" + number,
                                    NOON,
                                    new TestKey(number)));
        }
        return cosigned;
    }

    static byte[] lines(List<byte[]> lines) {
        var all = new ByteArrayOutputStream();
        for (byte[] line : lines) {
            all.writeBytes(line);
            all.write('\n');
        }
        return all.toByteArray();
    }

    @Override
    public SortedSet<String> paths() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(files.keySet()));
    }

    @Override
    public Optional<byte[]> read(String path) {
        return Optional.ofNullable(files.get(path)).map(byte[]::clone);
    }

    /// The log's files, in memory.
    private static final class Store implements TileStore {
        private final Map<String, byte[]> tiles = new HashMap<>();

        @Override
        public Optional<byte[]> read(String path) {
            return Optional.ofNullable(tiles.get(path));
        }

        @Override
        public void write(Map<String, byte[]> written) {
            tiles.putAll(written);
        }

        @Override
        public void discard(String path) {
            tiles.remove(path);
        }

        @Override
        public void discardPartial(LogFile whole) {
            tiles.keySet().removeIf(path -> path.startsWith(whole.path() + ".p/"));
        }

        @Override
        public boolean isEmpty() {
            return tiles.isEmpty();
        }
    }
}
