package org.chancery.tlog.sequencer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.tile.CorruptLog;
import org.chancery.tlog.tile.EntryBundle;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.MalformedBundle;
import org.chancery.tlog.tile.RightEdge;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.tile.TiledTree;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.Quorum;

/// Computes a whole log anew from its entries and says where its files are wrong.
///
/// An entry and its hash in a tile that do not fit accuse each other. Who is right is told by the
/// root that was signed: if all entries together give it, the tile is wrong, and the byte is known;
/// if all tiles give it, the entry is wrong, and what is known is the entry.
public final class Fsck {
    /// Most faults that are reported.
    public static final int FAULTS_MAX = 100;

    private static final String WRONG_ENTRY = "not the entry that was logged";
    private static final String POLICY_OF_NOW =
            ", by the policy as it is now; if that was changed since, let the server run until the"
                    + " witnesses that it names now have signed, and check again";

    private final TileStore store;
    private final VerifierKey key;
    private final Policy policy;
    private final Ed25519Verifier verifier;
    private final List<Fault> faults = new ArrayList<>();
    private final List<Difference> differences = new ArrayList<>();
    private final RightEdge edge = new RightEdge();

    private Fsck(TileStore store, VerifierKey key, Policy policy, Ed25519Verifier verifier) {
        this.store = store;
        this.key = key;
        this.policy = policy;
        this.verifier = verifier;
    }

    /// A place that is wrong: in which file, from which byte on, and which is the first entry that
    /// it concerns.
    public record Fault(String path, long offset, long entry, String what) {
        @Override
        public String toString() {
            return path + ", byte " + offset + ", entry " + entry + ": " + what;
        }
    }

    /// What was found. The first fault is that of the first entry concerned.
    public record Report(long entries, List<Fault> faults) {
        public Report {
            faults = List.copyOf(faults);
        }

        public boolean isSound() {
            return faults.isEmpty();
        }

        public Optional<Fault> first() {
            return faults.stream().findFirst();
        }
    }

    /// A tile that is not what the entries give.
    private record Difference(LogFile.Tile tile, int offset, boolean missing) {
        long entry() {
            int hash = Math.min(offset / Hash.BYTES, tile.width() - 1);
            long first = tile.index() * LogFile.WIDTH_MAX + hash;
            return first << (LogFile.HEIGHT * tile.level());
        }

        Fault fault(String what) {
            return new Fault(tile.path(), offset, entry(), missing ? "missing" : what);
        }
    }

    /// Checks the log with that key.
    public static Report check(TileStore store, VerifierKey key, Ed25519Verifier verifier) {
        return check(store, key, Policy.of(key, 0, Map.of()), verifier);
    }

    /// Checks the log with that key, and the signatures of the witnesses of a policy.
    public static Report check(
            TileStore store, VerifierKey key, Policy policy, Ed25519Verifier verifier) {
        var fsck = new Fsck(store, key, policy, verifier);
        long entries = fsck.run();
        fsck.faults.sort((a, b) -> Long.compare(a.entry(), b.entry()));
        return new Report(entries, fsck.faults);
    }

    private long run() {
        var signed = checkpoint(PublishedLog.CHECKPOINT);
        if (signed.isEmpty()) {
            if (faults.isEmpty()) {
                faults.add(new Fault(PublishedLog.CHECKPOINT, 0, 0, "missing"));
            }
            return 0;
        }
        var checkpoint = signed.get().checkpoint();
        if (readEntries(checkpoint.size())) {
            edge.partialTiles(0).forEach(this::compare);
            judge(checkpoint.size(), checkpoint.root());
        }
        if (faults.isEmpty()) {
            olderPartials(checkpoint.size());
            witnessed(checkpoint.size());
        }
        return checkpoint.size();
    }

    private Optional<SignedCheckpoint> checkpoint(String path) {
        var bytes = store.read(path);
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        String wrong = "not signed by the key of the log";
        try {
            var signed = SignedCheckpoint.parse(bytes.get());
            boolean ours = signed.checkpoint().origin().equals(key.name());
            if (ours && signed.note().isSignedBy(key, verifier) == Note.Signed.YES) {
                return Optional.of(signed);
            }
        } catch (MalformedNote e) {
            wrong = String.valueOf(e.getMessage());
        }
        faults.add(new Fault(path, 0, 0, wrong));
        return Optional.empty();
    }

    /// Whether it came to the end.
    private boolean readEntries(long size) {
        long bundles = Math.ceilDiv(size, LogFile.WIDTH_MAX);
        for (long index = 0; index < bundles; index++) {
            var leaves = leaves(LogFile.Bundle.in(size, index), size);
            if (leaves.isEmpty() || faults.size() >= FAULTS_MAX) {
                return false;
            }
            leaves.get().forEach(leaf -> edge.add(leaf, this::compare));
        }
        return true;
    }

    /// The hashes of the entries of a bundle; where it cannot be read, those that the tile has.
    private Optional<List<Hash>> leaves(LogFile.Bundle bundle, long size) {
        long first = bundle.index() * LogFile.WIDTH_MAX;
        var bytes = store.read(bundle.path());
        if (bytes.isEmpty()) {
            faults.add(new Fault(bundle.path(), 0, first, "missing"));
            return tiled(bundle, size);
        }
        try {
            var entries = EntryBundle.read(bytes.get(), bundle.width());
            return Optional.of(entries.stream().map(Hash::leaf).toList());
        } catch (MalformedBundle e) {
            var right = tiled(bundle, size);
            faults.add(unreadable(bundle, bytes.get(), e, right.orElse(List.of())));
            return right;
        }
    }

    /// A length that is wrong may show some entries later: the first that is not what was logged.
    private static Fault unreadable(
            LogFile.Bundle bundle, byte[] bytes, MalformedBundle e, List<Hash> right) {
        long first = bundle.index() * LogFile.WIDTH_MAX;
        var read = EntryBundle.read(Arrays.copyOf(bytes, e.offset()), e.entry());
        for (int i = 0; i < Math.min(read.size(), right.size()); i++) {
            if (!Hash.leaf(read.get(i)).equals(right.get(i))) {
                int offset = EntryBundle.offset(bytes, i);
                return new Fault(bundle.path(), offset, first + i, WRONG_ENTRY);
            }
        }
        long entry = first + Math.min(e.entry(), bundle.width() - 1);
        return new Fault(bundle.path(), e.offset(), entry, "no entry can be read here");
    }

    private Optional<List<Hash>> tiled(LogFile.Bundle bundle, long size) {
        var tile = LogFile.Tile.in(size, 0, bundle.index());
        try {
            return Optional.of(new TiledTree(store, size).hashes(tile));
        } catch (CorruptLog e) {
            faults.add(
                    new Fault(
                            tile.path(),
                            0,
                            bundle.index() * LogFile.WIDTH_MAX,
                            "missing or of another size, like the entries beneath it"));
            return Optional.empty();
        }
    }

    private void compare(LogFile.Tile tile, byte[] right) {
        var kept = store.read(tile.path());
        int offset = Arrays.mismatch(kept.orElse(new byte[0]), right);
        if (offset >= 0 && differences.size() < FAULTS_MAX) {
            differences.add(new Difference(tile, offset, kept.isEmpty()));
        }
    }

    private void judge(long size, Hash root) {
        if (edge.root().equals(root)) {
            for (Difference each : differences) {
                faults.add(each.fault("not the hash of what is beneath it"));
            }
        } else if (tilesGive(root, size)) {
            for (Difference each : differences) {
                if (each.tile().level() == 0) {
                    faults.add(entryFault(each));
                }
            }
        } else if (differences.isEmpty()) {
            faults.add(
                    new Fault(PublishedLog.CHECKPOINT, 0, 0, "signed for another tree than this"));
        } else {
            differences.stream()
                    .filter(each -> each.tile().level() == differences.getFirst().tile().level())
                    .map(each -> each.fault("does not fit what is beneath it; one is wrong"))
                    .forEach(faults::add);
        }
    }

    /// The entry was read before, so it can be read again.
    private Fault entryFault(Difference difference) {
        var tile = difference.tile();
        var bundle = new LogFile.Bundle(tile.index(), tile.width());
        long entry = difference.entry();
        var bytes = store.read(bundle.path()).orElseThrow(() -> new CorruptLog("changes"));
        int offset = EntryBundle.offset(bytes, (int) (entry % LogFile.WIDTH_MAX));
        return new Fault(bundle.path(), offset, entry, WRONG_ENTRY);
    }

    /// Whether the tiles as they are kept give the root, each hash being that of the tile beneath.
    private boolean tilesGive(Hash root, long size) {
        var tree = new TiledTree(store, size);
        try {
            for (int level = 1; level < LogFile.LEVELS; level++) {
                if (!isOver(tree, level)) {
                    return false;
                }
            }
            return Proofs.root(tree, size).equals(root);
        } catch (CorruptLog e) {
            return false;
        }
    }

    private static boolean isOver(TiledTree tree, int level) {
        long hashes = tree.size() >> (LogFile.HEIGHT * level);
        for (long index = 0; index < hashes; index++) {
            var beneath = new LogFile.Tile(level - 1, index, LogFile.WIDTH_MAX);
            var hash = tree.node(LogFile.HEIGHT * level, index);
            if (!Hash.fold(tree.hashes(beneath)).equals(hash)) {
                return false;
            }
        }
        return true;
    }

    /// Partial files of earlier checkpoints are the beginnings of what stands in their place now.
    private void olderPartials(long size) {
        for (int level = 0; level < LogFile.LEVELS; level++) {
            long hashes = size >> (LogFile.HEIGHT * level);
            if (hashes % LogFile.WIDTH_MAX > 0) {
                var tile = LogFile.Tile.in(size, level, hashes / LogFile.WIDTH_MAX);
                for (int width = 1; width < tile.width(); width++) {
                    olderPartial(new LogFile.Tile(level, tile.index(), width), tile);
                }
            }
        }
        if (size % LogFile.WIDTH_MAX > 0) {
            var bundle = LogFile.Bundle.in(size, size / LogFile.WIDTH_MAX);
            for (int width = 1; width < bundle.width(); width++) {
                olderPartial(new LogFile.Bundle(bundle.index(), width), bundle);
            }
        }
    }

    private void olderPartial(LogFile older, LogFile now) {
        var kept = store.read(older.path());
        if (kept.isEmpty() || faults.size() >= FAULTS_MAX) {
            return;
        }
        var right = store.read(now.path()).orElseThrow(() -> new CorruptLog("changes"));
        var beginning = Arrays.copyOf(right, length(older, older.width(), right));
        int offset = Arrays.mismatch(kept.get(), beginning);
        if (offset >= 0) {
            long entry = older.index() * LogFile.WIDTH_MAX + number(older, right, offset);
            int level = older instanceof LogFile.Tile tile ? tile.level() : 0;
            faults.add(
                    new Fault(
                            older.path(),
                            offset,
                            entry << (LogFile.HEIGHT * level),
                            "not the beginning of " + now.path()));
        }
    }

    /// The number of the hash or entry in which that byte is.
    private static int number(LogFile file, byte[] right, int offset) {
        int number = 0;
        while (number < file.width() - 1 && length(file, number + 1, right) <= offset) {
            number++;
        }
        return number;
    }

    /// How many bytes the first ones take.
    private static int length(LogFile file, int width, byte[] right) {
        return switch (file) {
            case LogFile.Tile _ -> width * Hash.BYTES;
            case LogFile.Bundle _ -> EntryBundle.offset(right, width);
        };
    }

    private void witnessed(long size) {
        var older = checkpoint(PublishedLog.WITNESSED);
        if (older.isEmpty()) {
            return;
        }
        var checkpoint = older.get().checkpoint();
        if (checkpoint.size() > size
                || !Proofs.root(new TiledTree(store, size), checkpoint.size())
                        .equals(checkpoint.root())) {
            addWitnessed("not a tree with which this one begins");
        } else if (policy.judge(older.get(), verifier) instanceof Policy.Refused(String reason)) {
            addWitnessed(isWhole(older.get()) ? reason + POLICY_OF_NOW : reason);
        }
    }

    /// Whether nothing is wrong but who has signed: the policy may have been another one then.
    private boolean isWhole(SignedCheckpoint older) {
        Policy anybody = new Policy(policy.logs(), policy.witnesses(), new Quorum.None());
        return anybody.judge(older, verifier) instanceof Policy.Trusted;
    }

    private void addWitnessed(String what) {
        faults.add(new Fault(PublishedLog.WITNESSED, 0, 0, what));
    }
}
