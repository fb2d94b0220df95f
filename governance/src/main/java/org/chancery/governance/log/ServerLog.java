package org.chancery.governance.log;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ThreadFactory;
import java.util.function.Supplier;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Ed25519Verifier;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.tile.EntryBundle;
import org.chancery.tlog.tile.LogFile;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.verify.TlogProof;

/// The transparency log of this server.
///
/// A leaf is noted with [#note], in the transaction of what it speaks of, and gets into the log a
/// moment later; or it is appended with [#append], which waits. It is known by its hash: the same
/// bytes again are the same leaf, so that who is not sure may note it again. How it gets there is
/// told at [Feeder].
public final class ServerLog implements AutoCloseable {
    /// Most leaves that are appended at once.
    public static final int LEAVES_MAX = 4_096;

    private static final Duration APPENDING_MAX = Duration.ofSeconds(30);

    private final LeafStore leaves;
    private final Supplier<TileStore> tiles;
    private final LogKey key;
    private final Journal journal;
    private final Feeder feeder;
    private final Witnesses witnesses;

    /// @param tiles the folder of the log, made and locked when it is first asked for
    public ServerLog(
            LeafStore leaves,
            Supplier<TileStore> tiles,
            LogKey key,
            Ed25519Verifier verifier,
            Witnesses witnesses,
            Journal journal,
            ThreadFactory threads) {
        this.leaves = leaves;
        this.tiles = tiles;
        this.key = key;
        this.journal = journal;
        this.witnesses = witnesses;
        this.feeder = new Feeder(leaves, tiles, key, verifier, journal, threads);
        feeder.listen(witnesses::ask);
        witnesses.watch(new Watched());
    }

    /// Logs what a crash has left waiting, and has witnessed what was not. Without such, nothing is
    /// opened.
    public void start() {
        if (!leaves.waiting(1).isEmpty() || (witnesses.areWanted() && leaves.size() > 0)) {
            feeder.ask();
        }
    }

    private final class Watched implements Witnesses.Log {
        @Override
        public Optional<PublishedLog> published() {
            return ServerLog.this.published();
        }

        @Override
        public void witnessed(SignedCheckpoint cosigned) {
            feeder.witnessed(cosigned);
        }

        @Override
        public void stop(String reason) {
            feeder.stop(reason);
        }
    }

    /// Notes a leaf: with the transaction it is durable, and is logged once. Does not wait.
    ///
    /// @return its hash, by which it is asked for later
    public Hash note(Tx tx, byte[] leaf) {
        Hash hash = checked(leaf);
        if (leaves.note(tx, hash, leaf)) {
            feeder.ask();
        }
        return hash;
    }

    /// Logs leaves and waits until they are in the log for good.
    ///
    /// @return their indexes, in that order; of a leaf that was there before, the one that it had
    /// @throws LogStopped where the log takes none; they are logged when it does again
    public List<Long> append(List<byte[]> batch) {
        if (batch.size() > LEAVES_MAX) {
            throw new IllegalArgumentException("a batch of " + batch.size() + " leaves");
        }
        List<Hash> hashes = batch.stream().map(ServerLog::checked).toList();
        long seen = feeder.batches();
        journal.commit(
                Changes.of(
                        tx -> {
                            for (int i = 0; i < batch.size(); i++) {
                                leaves.note(tx, hashes.get(i), batch.get(i));
                            }
                            return true;
                        }));
        feeder.ask();
        return await(hashes, seen);
    }

    /// Waits until leaves that were noted are in the log.
    public List<Long> await(List<Hash> noted) {
        return await(noted, feeder.batches());
    }

    private List<Long> await(List<Hash> noted, long before) {
        List<Long> indexes = new ArrayList<>();
        long seen = before;
        long left = APPENDING_MAX.toNanos();
        while (true) {
            while (indexes.size() < noted.size()) {
                OptionalLong index = leaves.index(noted.get(indexes.size()));
                if (index.isEmpty()) {
                    break;
                }
                indexes.add(index.getAsLong());
            }
            if (indexes.size() == noted.size()) {
                return indexes;
            }
            if (left <= 0) {
                throw new LogStopped("it takes too long");
            }
            try {
                left = feeder.await(seen, left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new LogStopped("nobody waits any more");
            }
            seen = feeder.batches();
        }
    }

    /// Where a leaf is; empty where it is unknown or still waits.
    public OptionalLong index(Hash leaf) {
        return leaves.index(leaf);
    }

    /// The newest checkpoint; empty before the first leaf.
    public Optional<SignedCheckpoint> checkpoint() {
        return published().flatMap(PublishedLog::latest);
    }

    /// The newest checkpoint that enough witnesses have signed; where none are wanted, the newest.
    public Optional<SignedCheckpoint> witnessed() {
        return witnesses.areWanted()
                ? published().flatMap(PublishedLog::witnessed).filter(witnesses::suffice)
                : checkpoint();
    }

    /// A file of the tree as it is served, if it is in the tree of the newest checkpoint; empty too
    /// for a partial one in whose place there is a larger one.
    public Optional<byte[]> file(LogFile file) {
        return checkpoint()
                .filter(signed -> file.isIn(signed.checkpoint().size()))
                .flatMap(_ -> tiles.get().read(file.path()));
    }

    /// Who witnesses this log.
    public Witnesses witnesses() {
        return witnesses;
    }

    /// That a leaf is in the tree of the newest witnessed checkpoint; empty where it is not yet.
    public Optional<TlogProof> prove(Hash leaf) {
        OptionalLong index = leaves.index(leaf);
        return index.isEmpty() ? Optional.empty() : prove(index.getAsLong());
    }

    /// As [#prove(Hash)], but waits for the log and for its witnesses, at most so long.
    public Optional<TlogProof> prove(Hash leaf, Duration longest) {
        Optional<TlogProof> proof = prove(leaf);
        if (proof.isPresent()) {
            return proof;
        }
        long index = await(List.of(leaf)).getFirst();
        if (witnesses.areWanted()) {
            witnesses.await(index + 1, longest);
        }
        return prove(leaf);
    }

    /// As [#prove(Hash)], by the index.
    public Optional<TlogProof> prove(long index) {
        return witnessed()
                .filter(signed -> index < signed.checkpoint().size())
                .flatMap(signed -> published().map(log -> log.prove(signed, index)));
    }

    /// The log as others read it; empty before the first leaf.
    public Optional<PublishedLog> published() {
        return leaves.size() == 0 ? Optional.empty() : Optional.of(new PublishedLog(tiles.get()));
    }

    /// What readers and witnesses pin.
    public VerifierKey verifierKey() {
        return key.verifierKey();
    }

    /// Why nothing is appended, if so.
    public Optional<String> trouble() {
        return feeder.trouble();
    }

    /// How many leaves are in the log.
    public long size() {
        return leaves.size();
    }

    /// Appends what was noted, and ends. The folder of the log is its owner's to close.
    @Override
    public void close() {
        feeder.close();
        witnesses.close();
    }

    private static Hash checked(byte[] leaf) {
        if (leaf.length == 0 || leaf.length > EntryBundle.ENTRY_BYTES_MAX) {
            throw new IllegalArgumentException("a leaf of " + leaf.length + " bytes");
        }
        return Hash.leaf(leaf);
    }
}
