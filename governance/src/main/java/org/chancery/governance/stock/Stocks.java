package org.chancery.governance.stock;

import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import org.chancery.archive.entry.BindingEntry;
import org.chancery.archive.entry.IdentityEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.StockId;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.signing.Verifier;

/// Takes stocks in and gives their identities out.
///
/// # Life of a stock
/// The entry that the ceremony wrote comes first and names how many identities there are and their
/// digest. Each identity is checked by its signatures as it arrives. When all are here and give
/// that digest, the stock is *whole*, and its tenth may be opened; once that is reported, under an
/// order that custodians signed and for the very identities that it chose, the stock is *sound* and
/// is given out, or *unsound* for good.
///
/// Each of these steps is a leaf of the server's log, noted in the transaction of the step. As a
/// leaf
/// is there once, a step that is taken again notes it again.
public final class Stocks {
    /// Most stocks that are held.
    private static final int STOCKS_MAX = 1_000;

    private final StockStore store;
    private final Journal journal;
    private final Verifier verifier;
    private final ServerName server;
    private final InstantSource clock;
    private final BiConsumer<Tx, byte[]> leaves;

    /// @param leaves takes what is to be in the transparency log, in that transaction
    public Stocks(
            StockStore store,
            Journal journal,
            BiConsumer<Tx, byte[]> leaves,
            Verifier verifier,
            ServerName server,
            InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.leaves = leaves;
        this.verifier = verifier;
        this.server = server;
        this.clock = clock;
    }

    /// Begins to take a stock in. The same entry again changes nothing.
    public void begin(StockEntry entry) {
        if (!entry.server().equals(server)) {
            throw invalid("The stock was made for another server");
        }
        journal.commit(Changes.of(tx -> begin(tx, entry)));
    }

    private boolean begin(Tx tx, StockEntry entry) {
        Optional<StockStore.Held> known = store.find(tx, entry.stock());
        if (known.isPresent()) {
            if (!known.get().entry().equals(entry)) {
                throw invalid("There is another stock of that name");
            }
            leaves.accept(tx, entry.bytes());
            return false;
        }
        if (store.stocks().size() >= STOCKS_MAX) {
            throw invalid("Too many stocks are held");
        }
        store.insert(tx, entry);
        leaves.accept(tx, entry.bytes());
        return true;
    }

    /// Takes one identity of a stock in, after its signatures were checked. The same again changes
    /// nothing. With the last one the stock is whole.
    ///
    /// @return how far the stock is
    public StockState add(ArchiveIdentity identity) {
        try {
            identity.check(verifier);
        } catch (MalformedArchive e) {
            throw invalid(e.getMessage());
        }
        IdentityEntry entry = IdentityEntry.of(identity);
        return journal.commit(Changes.of(tx -> add(tx, identity, entry)));
    }

    private StockState add(Tx tx, ArchiveIdentity identity, IdentityEntry leaf) {
        Digest entry = leaf.digest();
        StockStore.Held held = held(tx, identity.stock());
        if (identity.number() > held.entry().identities()
                || !identity.user().server().equals(server)) {
            throw invalid("The identity is none of this stock");
        }
        Optional<Digest> known = store.entry(tx, identity.stock(), identity.number());
        if (known.filter(entry::equals).isPresent()) {
            leaves.accept(tx, leaf.bytes());
            return held.state();
        }
        if (held.state() != StockState.ARRIVING || !store.insert(tx, identity, entry)) {
            throw invalid("There is another identity of that number");
        }
        leaves.accept(tx, leaf.bytes());
        if (store.arrived(tx, identity.stock()) < held.entry().identities()) {
            return StockState.ARRIVING;
        }
        return complete(tx, held.entry());
    }

    private StockState complete(Tx tx, StockEntry entry) {
        boolean right =
                StockEntry.digestOf(store.entries(tx, entry.stock()))
                        .equals(entry.identitiesDigest());
        StockState state = right ? StockState.WHOLE : StockState.UNSOUND;
        store.setState(tx, entry.stock(), state);
        return state;
    }

    /// Takes the report on the tenth that was opened.
    ///
    /// @param order the order that the custodians signed, which fixes the choice
    public StockState tenth(Order order, TenthEntry report) {
        return journal.commit(Changes.of(tx -> tenth(tx, order, report)));
    }

    private StockState tenth(Tx tx, Order order, TenthEntry report) {
        StockStore.Held held = held(tx, report.stock());
        StockEntry entry = held.entry();
        checkOrder(order, report, entry);
        if (held.state() != StockState.WHOLE) {
            throw invalid("The stock is " + held.state() + ", not whole");
        }
        store.markOpened(tx, entry.stock(), report.opened());
        StockState state = report.isSound() ? StockState.SOUND : StockState.UNSOUND;
        store.setState(tx, entry.stock(), state);
        leaves.accept(tx, report.bytes());
        return state;
    }

    private void checkOrder(Order order, TenthEntry report, StockEntry entry) {
        try {
            order.check(entry.sharing(), verifier);
        } catch (MalformedArchive e) {
            throw invalid(e.getMessage());
        }
        if (order.purpose() != Order.Purpose.TENTH
                || !order.stock().equals(entry.stock())
                || !order.digest().equals(report.order())
                || !Choice.of(order, entry.identities()).equals(report.opened())) {
            throw invalid("The report is on other identities than the order chose");
        }
    }

    /// The next identity to be given out, of the oldest sound stock that has a fitting one; empty
    /// where the stock is used up: then no record room opens. It is given out by [#bind].
    public Optional<ArchiveIdentity> next(Predicate<ArchiveIdentity> fits) {
        return store.stocks().reversed().stream()
                .filter(held -> held.state() == StockState.SOUND)
                .flatMap(held -> store.free(held.entry().stock()).stream())
                .filter(fits)
                .findFirst();
    }

    /// Whether the identity is still to be given out, as the open transaction sees it.
    public boolean isFree(Tx tx, ArchiveIdentity identity) {
        return store.isFree(tx, identity.user());
    }

    /// Binds an identity to a room, in the transaction that makes the room, and notes that for the
    /// log.
    ///
    /// @throws IllegalStateException if it is not free, or the room has one: both are to be asked
    ///     before anything is written
    public void bind(Tx tx, ArchiveIdentity identity, RoomId room) {
        if (!store.isFree(tx, identity.user()) || store.bound(tx, room).isPresent()) {
            throw new IllegalStateException("an identity is bound once");
        }
        Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.bind(tx, identity.user(), room, at);
        BindingEntry leaf =
                new BindingEntry(identity.stock(), identity.number(), identity.user(), room, at);
        leaves.accept(tx, leaf.bytes());
    }

    /// The identity of a room; empty where it has none.
    public Optional<StockStore.Bound> bound(RoomId room) {
        return store.bound(room);
    }

    /// A stock, how far it is, and how much of it is left.
    public record Level(StockEntry entry, StockState state, StockStore.Counts counts) {
        /// How many rooms can still be given an identity of it.
        public long left() {
            return state == StockState.SOUND ? counts.free() : 0;
        }
    }

    /// All stocks, the newest first.
    public List<Level> levels() {
        return store.stocks().stream()
                .map(
                        held ->
                                new Level(
                                        held.entry(),
                                        held.state(),
                                        store.counts(held.entry().stock())))
                .toList();
    }

    /// The next identity that would be given out of a stock, which shows for which periods its
    /// identities have devices; empty where none is left.
    public Optional<ArchiveIdentity> sample(StockId stock) {
        return store.free(stock);
    }

    private StockStore.Held held(Tx tx, StockId stock) {
        return store.find(tx, stock)
                .orElseThrow(() -> new MatrixError.NotFound("No such stock").asException());
    }

    private static RuntimeException invalid(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }
}
