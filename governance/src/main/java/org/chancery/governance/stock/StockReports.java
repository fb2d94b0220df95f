package org.chancery.governance.stock;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.RehearsalEntry;
import org.chancery.archive.entry.ReshareEntry;
import org.chancery.archive.entry.ShareCheckEntry;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.governance.log.ServerLog;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.signing.Verifier;

/// What custodians report of a stock after its ceremony: counts of shares, re-sharings, rehearsals,
/// and the digests of the shares themselves. What they sign is checked by their keys; what they do
/// together is checked by the order that they signed for it. Each report is a leaf of the log.
public final class StockReports {
    /// A count of shares is due each quarter; some days are given.
    private static final Duration CHECK_COUNTS = Duration.ofDays(100);

    private final StockStore store;
    private final Journal journal;
    private final ServerLog log;
    private final Verifier verifier;
    private final InstantSource clock;

    public StockReports(
            StockStore store,
            Journal journal,
            ServerLog log,
            Verifier verifier,
            InstantSource clock) {
        this.store = store;
        this.journal = journal;
        this.log = log;
        this.verifier = verifier;
        this.clock = clock;
    }

    /// A custodian, and the last count of their shares; empty where they have not counted yet.
    public record Holder(Custodian custodian, Optional<ShareCheckEntry> counted) {}

    /// How well the shares of a stock are kept.
    ///
    /// @param sharing who holds them now
    /// @param good how many custodians have lately found all their shares good
    public record Keeping(
            Sharing sharing, List<Holder> holders, int good, Optional<Instant> rehearsedAt) {
        public Keeping {
            holders = List.copyOf(holders);
        }

        /// Whether one loss more would be one too many: then the shares must be split anew.
        public boolean isLow() {
            return good < sharing.k() + 1;
        }
    }

    /// Takes a report. The same again changes nothing.
    ///
    /// @param order the order on which a re-sharing or a rehearsal was made
    public void take(LogEntry report, Optional<Order> order) {
        journal.commit(Changes.of(tx -> take(tx, report, order)));
    }

    private boolean take(Tx tx, LogEntry report, Optional<Order> order) {
        switch (report) {
            case ShareCheckEntry check -> {
                checkSignature(tx, check);
                store.insertReport(tx, check.stock(), check, check.madeAt());
            }
            case ReshareEntry reshare -> {
                StockEntry stock = stock(tx, reshare.stock());
                int before = reshare.sharing().generation() - 1;
                checkOrder(tx, stock, order, Order.Purpose.RESHARE, reshare.order(), before);
                Optional<Sharing> known = sharing(tx, stock, before + 1);
                if (known.filter(it -> !it.equals(reshare.sharing())).isPresent()) {
                    throw invalid("There is another re-sharing of that generation");
                }
                store.insertReport(tx, reshare.stock(), reshare, reshare.madeAt());
            }
            case RehearsalEntry rehearsal -> {
                StockEntry stock = stock(tx, rehearsal.stock());
                int generation = order.map(Order::generation).orElse(1);
                checkOrder(
                        tx, stock, order, Order.Purpose.REHEARSAL, rehearsal.order(), generation);
                store.insertReport(tx, rehearsal.stock(), rehearsal, rehearsal.madeAt());
            }
            case SharesEntry shares -> {
                StockEntry stock = stock(tx, shares.stock());
                if (shares.number() > stock.identities()
                        || sharing(tx, stock, shares.generation()).isEmpty()) {
                    throw invalid("There is no such identity, or no such sharing");
                }
            }
            default -> throw invalid("This is no report of custodians");
        }
        log.note(tx, report.bytes());
        return true;
    }

    /// How well the shares of a stock are kept.
    public Keeping keeping(StockEntry stock) {
        List<LogEntry> reports = store.reports(stock.stock());
        Sharing now = stock.sharing();
        Optional<Instant> rehearsed = Optional.empty();
        for (LogEntry report : reports) {
            if (report instanceof ReshareEntry reshare
                    && reshare.sharing().generation() > now.generation()) {
                now = reshare.sharing();
            }
            if (report instanceof RehearsalEntry rehearsal && rehearsed.isEmpty()) {
                rehearsed = Optional.of(rehearsal.madeAt());
            }
        }
        List<Holder> holders = holders(reports, now);
        return new Keeping(now, holders, good(holders), rehearsed);
    }

    /// Reports come the newest first, so the first of a custodian counts.
    private static List<Holder> holders(List<LogEntry> reports, Sharing now) {
        Map<Digest, ShareCheckEntry> latest = new HashMap<>();
        for (LogEntry report : reports) {
            if (report instanceof ShareCheckEntry check && check.generation() == now.generation()) {
                latest.putIfAbsent(check.custodian(), check);
            }
        }
        return now.custodians().stream()
                .map(one -> new Holder(one, Optional.ofNullable(latest.get(one.id()))))
                .toList();
    }

    private int good(List<Holder> holders) {
        Instant since = clock.instant().minus(CHECK_COUNTS);
        return (int)
                holders.stream()
                        .flatMap(holder -> holder.counted().stream())
                        .filter(check -> check.madeAt().isAfter(since) && check.bad().isEmpty())
                        .count();
    }

    private void checkSignature(Tx tx, ShareCheckEntry check) {
        Sharing sharing =
                sharing(tx, stock(tx, check.stock()), check.generation())
                        .orElseThrow(() -> invalid("There is no such sharing"));
        for (Custodian custodian : sharing.custodians()) {
            if (check.isSignedBy(custodian, verifier)) {
                return;
            }
        }
        throw invalid("No custodian of that sharing has signed the count");
    }

    private void checkOrder(
            Tx tx,
            StockEntry stock,
            Optional<Order> given,
            Order.Purpose purpose,
            Digest digest,
            int generation) {
        Order order = given.orElseThrow(() -> invalid("The order is missing"));
        try {
            order.check(
                    sharing(tx, stock, generation)
                            .orElseThrow(() -> invalid("There is no such sharing")),
                    verifier);
        } catch (MalformedArchive e) {
            throw invalid(e.getMessage());
        }
        if (order.purpose() != purpose
                || !order.stock().equals(stock.stock())
                || !order.digest().equals(digest)) {
            throw invalid("The report is on another order");
        }
    }

    private Optional<Sharing> sharing(Tx tx, StockEntry stock, int generation) {
        if (generation == 1) {
            return Optional.of(stock.sharing());
        }
        return store.reports(tx, stock.stock()).stream()
                .filter(ReshareEntry.class::isInstance)
                .map(report -> ((ReshareEntry) report).sharing())
                .filter(sharing -> sharing.generation() == generation)
                .findFirst();
    }

    private StockEntry stock(Tx tx, StockId stock) {
        return store.find(tx, stock)
                .orElseThrow(() -> new MatrixError.NotFound("No such stock").asException())
                .entry();
    }

    private static RuntimeException invalid(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }
}
