package org.chancery.tlog.sequencer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.Proofs;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.MalformedNote;
import org.chancery.tlog.note.Note;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.tile.CorruptLog;
import org.chancery.tlog.tile.EntryBundle;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.RightEdge;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.tile.TiledTree;

/// The one writer of a log. For one thread at a time, and one process.
///
/// # The life of an entry
///
/// A batch of entries is hashed onto a copy of the right edge of the tree. Bundles and tiles that
/// came of it are written and are durable; nobody knows of them yet. Then the new checkpoint is
/// signed, written and durable; only then does the caller learn that its entries are in the log,
/// and may anybody see the checkpoint. A crash before leaves files that no checkpoint covers: the
/// next opening puts them away. So a log never signs two trees of which one is not the beginning of
/// the other, and what was acknowledged is there.
///
/// After any fault the sequencer refuses to go on: what of the batch is durable is not known, and a
/// disk that failed an fsync may answer wrongly from then on. Opening the log again finds out; it
/// writes the checkpoint that it finds anew, lest it lives in a cache only.
public final class Sequencer {
    /// Most entries of a batch. Openings look so far behind the end for what a crash left, so a
    /// later version may raise it and not lower it.
    public static final int BATCH_ENTRIES_MAX = 8_192;

    /// Most bytes of a batch.
    public static final int BATCH_BYTES_MAX = 32 * 1024 * 1024;

    private final TileStore store;
    private final Ed25519Signer signer;
    private final VerifierKey key;
    private final Ed25519Verifier verifier;
    private RightEdge edge;
    private ByteArrayOutputStream bundle;
    private volatile SignedCheckpoint latest;
    private boolean stopped;

    private Sequencer(
            TileStore store,
            Ed25519Signer signer,
            Ed25519Verifier verifier,
            SignedCheckpoint latest) {
        this.store = store;
        this.signer = signer;
        this.verifier = verifier;
        this.latest = latest;
        String origin = latest.checkpoint().origin();
        this.key = new VerifierKey(origin, VerifierKey.Use.NOTE, signer.publicKey());
        this.edge = new RightEdge();
        this.bundle = new ByteArrayOutputStream();
    }

    /// Opens the log of that name, or begins it where nothing was ever written. Throws [CorruptLog]
    /// where what is there is no log of that name and key.
    public static Sequencer open(
            TileStore store, String origin, Ed25519Signer signer, Ed25519Verifier verifier) {
        var found = new PublishedLog(store).latest();
        if (found.isEmpty() && !store.isEmpty()) {
            throw new CorruptLog("there are files of a log, but no checkpoint");
        }
        var empty = new Checkpoint(origin, 0, Hash.OF_EMPTY_TREE);
        var latest = found.orElseGet(() -> SignedCheckpoint.sign(empty, signer));
        if (!latest.checkpoint().origin().equals(origin)) {
            throw new CorruptLog("the log is that of " + latest.checkpoint().origin());
        }
        var sequencer = new Sequencer(store, signer, verifier, latest);
        sequencer.resume();
        return sequencer;
    }

    private void resume() {
        if (latest.note().isSignedBy(key, verifier) != Note.Signed.YES) {
            throw new CorruptLog("the checkpoint is not signed by the key of this log");
        }
        var checkpoint = latest.checkpoint();
        var tree = new TiledTree(store, checkpoint.size());
        edge = RightEdge.of(tree);
        if (!edge.root().equals(checkpoint.root())) {
            throw new CorruptLog("the tiles are not those of the checkpoint");
        }
        resumeBundle(tree);
        new Leftovers(store, checkpoint.size()).discard();
        store.write(Map.of(PublishedLog.CHECKPOINT, latest.note().bytes()));
    }

    private void resumeBundle(TiledTree tree) {
        long whole = tree.size() / LogFile.WIDTH_MAX;
        if (tree.size() % LogFile.WIDTH_MAX == 0) {
            return;
        }
        var hashes = tree.hashes(LogFile.Tile.in(tree.size(), 0, whole));
        var entries = tree.entries(LogFile.Bundle.in(tree.size(), whole));
        if (!entries.stream().map(Hash::leaf).toList().equals(hashes)) {
            throw new CorruptLog("the last entries are not those of the last tile");
        }
        entries.forEach(entry -> EntryBundle.append(bundle, entry));
    }

    /// The newest checkpoint, durable and signed by this log alone.
    public SignedCheckpoint latest() {
        return latest;
    }

    /// Appends the entries in their order and returns when they are in the log for good; the first
    /// of them has the index that was the size before. Throws [IllegalArgumentException] for a
    /// batch that is too large, and then nothing has happened.
    public SignedCheckpoint append(List<byte[]> entries) {
        if (stopped) {
            throw new IllegalStateException("the log has stopped after a fault; open it again");
        }
        long bytes = entries.stream().mapToLong(entry -> entry.length).sum();
        if (entries.size() > BATCH_ENTRIES_MAX || bytes > BATCH_BYTES_MAX) {
            throw new IllegalArgumentException("a batch of " + entries.size() + ", " + bytes);
        }
        if (entries.stream().anyMatch(entry -> entry.length > EntryBundle.ENTRY_BYTES_MAX)) {
            throw new IllegalArgumentException("an entry that is too large");
        }
        if (entries.isEmpty()) {
            return latest;
        }
        stopped = true; // Until all of it has gone well.
        appendBatch(entries);
        stopped = false;
        return latest;
    }

    private void appendBatch(List<byte[]> entries) {
        var files = new LinkedHashMap<String, byte[]>();
        var whole = new ArrayList<LogFile>();
        var grown = edge.copy();
        var filling = new ByteArrayOutputStream();
        filling.writeBytes(bundle.toByteArray());
        for (byte[] entry : entries) {
            EntryBundle.append(filling, entry);
            grown.add(
                    Hash.leaf(entry),
                    (tile, tileBytes) -> {
                        files.put(tile.path(), tileBytes);
                        whole.add(tile);
                    });
            if (grown.size() % LogFile.WIDTH_MAX == 0) {
                long index = grown.size() / LogFile.WIDTH_MAX - 1;
                var full = new LogFile.Bundle(index, LogFile.WIDTH_MAX);
                files.put(full.path(), filling.toByteArray());
                whole.add(full);
                filling.reset();
            }
        }
        if (filling.size() > 0) {
            long index = grown.size() / LogFile.WIDTH_MAX;
            var partial = LogFile.Bundle.in(grown.size(), index);
            files.put(partial.path(), filling.toByteArray());
        }
        grown.partialTiles(edge.size()).forEach((tile, tiled) -> files.put(tile.path(), tiled));
        store.write(files);

        var next = new Checkpoint(key.name(), grown.size(), grown.root());
        var signed = SignedCheckpoint.sign(next, signer);
        store.write(Map.of(PublishedLog.CHECKPOINT, signed.note().bytes()));
        edge = grown;
        bundle = filling;
        latest = signed;
        whole.forEach(store::discardPartial);
    }

    /// Keeps a checkpoint of this log that witnesses have signed, for readers who ask for them. An
    /// older one than is kept already is left aside.
    public void witnessed(SignedCheckpoint cosigned) {
        var checkpoint = cosigned.checkpoint();
        if (cosigned.note().isSignedBy(key, verifier) != Note.Signed.YES
                || checkpoint.size() > edge.size()
                || !root(checkpoint.size()).equals(checkpoint.root())) {
            throw new MalformedNote("not a checkpoint of this log");
        }
        var kept = new PublishedLog(store).witnessed();
        if (kept.isEmpty() || kept.get().checkpoint().size() <= checkpoint.size()) {
            store.write(Map.of(PublishedLog.WITNESSED, cosigned.note().bytes()));
        }
    }

    private Hash root(long size) {
        return Proofs.root(new TiledTree(store, edge.size()), size);
    }
}
