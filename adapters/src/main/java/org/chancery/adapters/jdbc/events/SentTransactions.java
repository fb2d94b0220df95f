package org.chancery.adapters.jdbc.events;

import java.util.List;
import java.util.OptionalLong;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.adapters.jdbc.Queries;

/// Where the events of the latest transactions stand, by a 64-bit hash: in memory, made anew from
/// table `sent_transactions` at the start. Every send asks here whether it is a retry, and nearly
/// always the answer is no.
///
/// At least the last [#GENERATION] sends are known, at most twice as many: two generations, of
/// which the older one goes when the younger one is full. A hit only says where to look; the event
/// there decides, so what a rolled-back batch left here does no harm.
final class SentTransactions {
    static final int GENERATION = 1 << 19;
    private static final int TRIM_EVERY = 256;

    private final int generation;
    private PositionsByHash young = new PositionsByHash();
    private PositionsByHash old = new PositionsByHash();

    /// Rows up to here are not needed any more, and rows up to [#trimmed] are gone.
    private long forgotten;

    private long trimmed;
    private int untilTrim = TRIM_EVERY;

    /// A row of the table.
    private record Sent(long position, long hash) {}

    SentTransactions(Queries queries) {
        this(queries, GENERATION);
    }

    /// @param generation how many sends are known at least
    SentTransactions(Queries queries, int generation) {
        this.generation = generation;
        List<Sent> latest =
                queries.query(
                        "SELECT position, hash FROM sent_transactions ORDER BY position DESC LIMIT"
                                + " ?",
                        row -> new Sent(row.getLong(1), row.getLong(2)),
                        generation);
        for (Sent sent : latest.reversed()) {
            put(sent.hash, sent.position);
        }
        if (!latest.isEmpty()) {
            trimmed = latest.getLast().position - 1;
            forgotten = trimmed;
        }
    }

    /// Writes a transaction beside its event.
    void insert(JdbcTx tx, long position, long hash) {
        tx.run("INSERT INTO sent_transactions (position, hash) VALUES (?, ?)", position, hash);
        put(hash, position);
        trim(tx);
    }

    /// The position at which the transaction's event would be.
    synchronized OptionalLong find(long hash) {
        OptionalLong found = young.get(hash);
        return found.isPresent() ? found : old.get(hash);
    }

    private synchronized void put(long hash, long position) {
        if (young.size() == generation) {
            forgotten = old.highest();
            old = young;
            young = new PositionsByHash();
        }
        young.put(hash, position);
    }

    /// A few rows at a time, so that no batch waits for the deletion of half a million.
    private void trim(JdbcTx tx) {
        untilTrim--;
        if (untilTrim == 0) {
            untilTrim = TRIM_EVERY;
            if (trimmed < forgotten) {
                trimmed = Math.min(forgotten, trimmed + 4L * TRIM_EVERY);
                tx.run("DELETE FROM sent_transactions WHERE position <= ?", trimmed);
            }
        }
    }

    /// A map from well-mixed 64-bit hashes to positions in two flat arrays: 32 bytes an entry at
    /// most,
    /// where a map of objects takes a hundred.
    private static final class PositionsByHash {
        private static final int CAPACITY_FIRST = 1 << 10;
        private static final long NONE = 0; // No event stands at position 0.

        private long[] hashes = new long[CAPACITY_FIRST];
        private long[] positions = new long[CAPACITY_FIRST];
        private int size;
        private long highest;

        int size() {
            return size;
        }

        /// The highest position ever put; 0 if there is none.
        long highest() {
            return highest;
        }

        OptionalLong get(long hash) {
            long position = positions[slot(hash)];
            return position == NONE ? OptionalLong.empty() : OptionalLong.of(position);
        }

        void put(long hash, long position) {
            int slot = slot(hash);
            if (positions[slot] == NONE) {
                size++;
            }
            hashes[slot] = hash;
            positions[slot] = position;
            highest = Math.max(highest, position);
            if (size > hashes.length / 2) {
                grow();
            }
        }

        /// Where the hash stands, or the free slot where it would.
        private int slot(long hash) {
            int mask = hashes.length - 1;
            int slot = Long.hashCode(hash) & mask;
            while (positions[slot] != NONE && hashes[slot] != hash) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private void grow() {
            long[] oldHashes = hashes;
            long[] oldPositions = positions;
            hashes = new long[2 * oldHashes.length];
            positions = new long[hashes.length];
            for (int i = 0; i < oldHashes.length; i++) {
                if (oldPositions[i] != NONE) {
                    int slot = slot(oldHashes[i]);
                    hashes[slot] = oldHashes[i];
                    positions[slot] = oldPositions[i];
                }
            }
        }
    }
}
