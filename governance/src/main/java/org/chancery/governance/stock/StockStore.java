package org.chancery.governance.stock;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.StockId;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// The tables of stocks and of their identities.
public interface StockStore {
    /// A stock and how far it is.
    record Held(StockEntry entry, StockState state) {}

    /// How many identities of a stock are in which use.
    ///
    /// @param free for rooms, and neither bound nor opened
    record Counts(long arrived, long free, long bound, long opened) {}

    /// An identity and the room that it is bound to.
    record Bound(ArchiveIdentity identity, RoomId room, Instant at) {}

    /// The stocks that are held, the newest ceremony first.
    List<Held> stocks();

    Counts counts(StockId stock);

    Optional<Bound> bound(RoomId room);

    Optional<Held> find(Tx tx, StockId stock);

    void insert(Tx tx, StockEntry entry);

    void setState(Tx tx, StockId stock, StockState state);

    /// @param entry the digest of the identity's entry for the log
    /// @return false where the number, or the user, is there already
    boolean insert(Tx tx, ArchiveIdentity identity, Digest entry);

    /// The digest of the entry of the identity of that number; empty where it has not arrived.
    Optional<Digest> entry(Tx tx, StockId stock, int number);

    /// How many identities have arrived.
    long arrived(Tx tx, StockId stock);

    /// The digests of the entries of all identities that have arrived, by number.
    List<Digest> entries(Tx tx, StockId stock);

    /// Marks identities as opened; they are never bound.
    void markOpened(Tx tx, StockId stock, List<Integer> numbers);

    /// The identity of the lowest number that is for rooms and neither bound nor opened; empty
    /// where none is left of the stock, or where it is not sound.
    Optional<ArchiveIdentity> free(StockId stock);

    /// Whether the identity may be bound, as the open transaction sees it.
    boolean isFree(Tx tx, UserId user);

    /// Binds a free identity to a room.
    void bind(Tx tx, UserId user, RoomId room, Instant at);

    Optional<Bound> bound(Tx tx, RoomId room);

    /// Keeps a report of custodians; the same again changes nothing.
    void insertReport(Tx tx, StockId stock, LogEntry report, Instant madeAt);

    /// The reports on a stock, the newest first, at most a thousand.
    List<LogEntry> reports(StockId stock);

    List<LogEntry> reports(Tx tx, StockId stock);
}
