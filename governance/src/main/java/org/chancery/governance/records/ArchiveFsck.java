package org.chancery.governance.records;

import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.chancery.archive.dossier.EventLine;
import org.chancery.archive.dossier.KeyChange;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.governance.records.BlobPins.Pin;
import org.chancery.governance.records.Dossiers.Archives;
import org.chancery.governance.records.PieceStore.Archive;
import org.chancery.governance.records.PieceStore.Kept;
import org.chancery.governance.records.RoomLeafStore.Made;
import org.chancery.governance.records.RoomLeafStore.Reach;
import org.chancery.homeserver.media.BlobStore;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.ledger.leaf.RoomLeaf;
import org.chancery.protocol.event.MalformedPdu;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.tlog.merkle.Hash;

/// Reads the whole archive and says where it is not what was kept: each piece is opened, each leaf
/// worked out anew from the pieces and looked for in the log, each file hashed.
public final class ArchiveFsck {
    /// Most faults that are told.
    public static final int FAULTS_MAX = 1_000;

    private static final int PAGE = 200;
    private static final int BUFFER_BYTES = 1 << 16;

    private final Archives archives;
    private final BlobStore blobs;
    private final Predicate<byte[]> isLogged;
    private final List<String> faults = new ArrayList<>();
    private long rooms;
    private long pieces;
    private long leaves;
    private long files;

    /// What was found.
    ///
    /// @param faults each with its room and position
    public record Report(long rooms, long pieces, long leaves, long files, List<String> faults) {
        public Report {
            faults = List.copyOf(faults);
        }

        public boolean isSound() {
            return faults.isEmpty();
        }
    }

    /// @param isLogged whether a leaf is in the log, or waits for it
    public ArchiveFsck(Archives archives, BlobStore blobs, Predicate<byte[]> isLogged) {
        this.archives = archives;
        this.blobs = blobs;
        this.isLogged = isLogged;
    }

    /// Reads all of it, once.
    public Report run() {
        List<Archive> page = archives.pieces().archives(-1, PAGE);
        while (!page.isEmpty()) {
            page.forEach(this::check);
            page = archives.pieces().archives(page.getLast().room().number(), PAGE);
        }
        return new Report(rooms, pieces, leaves, files, faults);
    }

    private void fault(String what) {
        if (faults.size() < FAULTS_MAX) {
            faults.add(what);
        }
    }

    private void check(Archive archive) {
        rooms++;
        checkLeaves(archive);
        walk(archive, Kind.KEYS, new Reach(0, 0, 0), Long.MAX_VALUE, this::checkKeys);
        checkFiles(archive);
    }

    /// What a leaf commits to is read leaf by leaf, and what came after the last one behind them.
    private void checkLeaves(Archive archive) {
        Walk walk = new Walk(archive);
        List<Made> page = archives.leaves().read(archive.room(), 0, PAGE);
        while (!page.isEmpty()) {
            page.forEach(walk::leaf);
            page = archives.leaves().read(archive.room(), page.getLast().number() + 1, PAGE);
        }
        walk.rest();
    }

    private interface Step {
        void take(Kept kept);
    }

    private void walk(Archive archive, Kind kind, Reach after, long upTo, Step step) {
        long from = kind == Kind.INBOX ? after.inbox() : after.events();
        List<Kept> page = archives.pieces().read(archive.room(), kind, from, upTo, PAGE);
        while (!page.isEmpty()) {
            for (Kept kept : page) {
                pieces++;
                attempt(kept, step);
            }
            from = page.getLast().place().id();
            page = archives.pieces().read(archive.room(), kind, from, upTo, PAGE);
        }
    }

    private void attempt(Kept kept, Step step) {
        try {
            step.take(kept);
        } catch (Unreadable broken) {
            fault(String.valueOf(broken.getMessage()));
        } catch (MalformedJson | MalformedPdu | MalformedArchive | IllegalArgumentException e) {
            fault(kept.place() + ": not what a piece of its kind is");
        }
    }

    private static byte[] open(Kept kept) {
        return Wrapping.open(kept.place(), kept.sealed().orElseThrow());
    }

    private void checkKeys(Kept kept) {
        if (kept.sealed().isEmpty()) {
            return;
        }
        KeyChange change = KeyChange.parse(Json.parseObject(open(kept)));
        if (!isLogged.test(change.entry().bytes())) {
            fault(kept.place() + ": a change of keys that is not in the log");
        }
    }

    /// One room's leaves and what they commit to.
    private final class Walk {
        private final Archive archive;
        private final RoomEnds ends = new RoomEnds();
        private Optional<Hash> before = Optional.empty();
        private Reach reach = new Reach(-1, 0, 0);
        private LeafDraft draft = new LeafDraft(ends);
        private boolean told; // A fault of a piece accounts for a leaf that does not fit.
        private boolean graphUnknown; // An event of it is gone.

        Walk(Archive archive) {
            this.archive = archive;
        }

        void leaf(Made made) {
            leaves++;
            String place = archive.room() + ", leaf " + made.number();
            int known = faults.size();
            take(made.reach());
            told |= faults.size() > known;
            graphUnknown |= told;
            try {
                RoomLeaf leaf = RoomLeaf.parse(made.bytes());
                check(place, leaf, made);
                before = Optional.of(leaf.hash());
            } catch (MalformedLeaf e) {
                fault(place + ": not a leaf");
            }
            reach = made.reach();
            draft = new LeafDraft(ends);
            told = false;
        }

        private void check(String place, RoomLeaf leaf, Made made) {
            if (leaf.place().number() != reach.number() + 1 || !leaf.before().equals(before)) {
                fault(place + ": does not follow the leaf before it");
            }
            if (!isLogged.test(made.bytes())) {
                fault(place + ": not in the log");
            }
            boolean fits =
                    graphUnknown
                            ? draft.events().equals(leaf.events())
                                    && draft.inbox().equals(leaf.inbox())
                            : Arrays.equals(expected(leaf).bytes(), made.bytes());
            if (!fits && !told) {
                fault(place + ": commits to something else than lies here");
            }
            if (!graphUnknown && !Arrays.equals(ends.bytes(), made.ends())) {
                fault(place + ": the ends of the graph beside it are not those of what lies here");
            }
        }

        private RoomLeaf expected(RoomLeaf leaf) {
            return draft.leaf(leaf.place(), leaf.before(), leaf.from(), leaf.until());
        }

        /// What no leaf commits to yet.
        void rest() {
            take(new Reach(reach.number() + 1, Long.MAX_VALUE, Long.MAX_VALUE));
        }

        private void take(Reach upTo) {
            walk(archive, Kind.EVENT, reach, upTo.events(), this::event);
            walk(archive, Kind.INBOX, reach, upTo.inbox(), this::letter);
        }

        private void event(Kept kept) {
            if (kept.sealed().isEmpty()) {
                graphUnknown = true;
                if (EventLine.parse(kept.mark().bytes()) instanceof EventLine.Disposed gone) {
                    draft.disposed(Hash.of(gone.hash().bytes()));
                } else {
                    fault(kept.place() + ": gone, and nothing says what it was");
                }
                return;
            }
            byte[] bytes = open(kept);
            Pdu event = RoomLeaves.event(bytes, archive.room().version());
            if (!event.roomId().equals(archive.room().id())) {
                fault(kept.place() + ": an event of another room");
            }
            draft.event(Hash.leaf(bytes), event);
        }

        private void letter(Kept kept) {
            if (kept.sealed().isPresent()) {
                byte[] bytes = open(kept);
                if (!Arrays.equals(Letter.parse(bytes).bytes(), bytes)) {
                    fault(kept.place() + ": not as it is written");
                }
                draft.letter(Hash.leaf(bytes));
            } else {
                told = true;
            }
        }
    }

    private void checkFiles(Archive archive) {
        List<Pin> page = archives.pins().read(archive.room(), 0, PAGE);
        while (!page.isEmpty()) {
            for (Pin pin : page) {
                files++;
                checkFile(archive, pin);
            }
            page = archives.pins().read(archive.room(), page.getLast().ordinal(), PAGE);
        }
    }

    private void checkFile(Archive archive, Pin pin) {
        String place =
                archive.room()
                        + ", file "
                        + pin.media()
                        + " of the event at position "
                        + pin.event();
        try (InputStream in = blobs.open(pin.blob());
                DigestInputStream hashed = new DigestInputStream(in, sha256())) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long length = 0;
            for (int read = hashed.read(buffer); read >= 0; read = hashed.read(buffer)) {
                length += read;
            }
            String name = HexFormat.of().formatHex(hashed.getMessageDigest().digest());
            if (length != pin.length() || !name.equals(pin.blob())) {
                fault(place + ": its bytes have changed");
            }
        } catch (IOException e) {
            fault(place + ": cannot be read");
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this runtime", e);
        }
    }
}
