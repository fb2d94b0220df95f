package org.chancery.tlog.sequencer;

import java.util.List;
import java.util.Optional;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.ProofCheck;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.tile.CorruptLog;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.tile.TiledTree;
import org.chancery.tlog.verify.TlogProof;

/// A log as its readers see it: checkpoints, entries and proofs. May be asked by many threads while
/// the log grows. No proof leaves it that does not hold.
public final class PublishedLog {
    /// Where the newest checkpoint lies.
    public static final String CHECKPOINT = "checkpoint";

    /// Where the newest checkpoint lies that enough witnesses have signed.
    public static final String WITNESSED = "checkpoint.witnessed";

    private final TileStore store;

    public PublishedLog(TileStore store) {
        this.store = store;
    }

    /// The newest checkpoint; empty where no log was begun.
    public Optional<SignedCheckpoint> latest() {
        return checkpoint(CHECKPOINT);
    }

    /// The newest checkpoint that enough witnesses have signed.
    public Optional<SignedCheckpoint> witnessed() {
        return checkpoint(WITNESSED);
    }

    private Optional<SignedCheckpoint> checkpoint(String path) {
        try {
            return store.read(path).map(SignedCheckpoint::parse);
        } catch (MalformedNote e) {
            throw new CorruptLog(path + ": " + e.getMessage());
        }
    }

    /// The entry with that index, of a tree of that checkpoint.
    public byte[] entry(Checkpoint checkpoint, long index) {
        return new TiledTree(store, checkpoint.size()).entry(index);
    }

    /// That the entry with that index is in the tree of that checkpoint.
    public TlogProof prove(SignedCheckpoint signed, long index) {
        var checkpoint = signed.checkpoint();
        var tree = new TiledTree(store, checkpoint.size());
        var path = Proofs.inclusion(tree, index, checkpoint.size());
        var leaf = tree.node(0, index);
        if (!ProofCheck.includes(checkpoint.root(), checkpoint.size(), leaf, index, path)) {
            throw new CorruptLog("the tiles do not prove entry " + index);
        }
        return new TlogProof(index, path, signed);
    }

    /// That the tree of the newer checkpoint begins with that of the older one.
    public List<Hash> proveGrowth(Checkpoint older, Checkpoint newer) {
        var path = Proofs.consistency(tree(newer), older.size(), newer.size());
        if (!ProofCheck.grows(older.root(), older.size(), newer.root(), newer.size(), path)) {
            throw new CorruptLog("the tiles do not prove growth from " + older.size());
        }
        return path;
    }

    /// The tree of a checkpoint, for one piece of work.
    public TiledTree tree(Checkpoint checkpoint) {
        return new TiledTree(store, checkpoint.size());
    }
}
