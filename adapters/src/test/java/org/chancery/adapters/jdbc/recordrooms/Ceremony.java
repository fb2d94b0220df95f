package org.chancery.adapters.jdbc.recordrooms;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.entry.IdentityEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.custody.ceremony.CeremonyPlan;
import org.chancery.custody.ceremony.IdentityMaker;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.governance.stock.Stocks;
import org.chancery.protocol.id.ServerName;

/// A small stock: five identities for rooms and one for rehearsals, each with a device for two
/// quarters and one spare. One of them is opened as the tenth.
record Ceremony(List<HolderKeys> holders, List<ArchiveIdentity> identities, StockEntry entry) {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int K = 2;
    private static final int ROOMS = 5;
    static final Quarter FIRST = new Quarter(2026, 4);

    static Ceremony held(ServerName server) {
        List<HolderKeys> holders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            holders.add(HolderKeys.drawn("Custodian " + i, i < 2 ? "City" : "Court", RANDOM));
        }
        List<Custodian> custodians = holders.stream().map(HolderKeys::card).toList();
        StockId stock = StockId.of(new byte[StockId.BYTES]);
        IdentityMaker maker =
                new IdentityMaker(
                        new CeremonyPlan(stock, server, FIRST, 2, 1, ROOMS, 1, K, custodians),
                        RANDOM);
        List<ArchiveIdentity> identities = new ArrayList<>();
        for (int number = 1; number <= ROOMS + 1; number++) {
            identities.add(maker.make(number).identity());
        }
        List<Digest> entries =
                identities.stream().map(one -> IdentityEntry.of(one).digest()).toList();
        StockEntry entry =
                new StockEntry(
                        stock,
                        server,
                        Instant.EPOCH,
                        identities.size(),
                        StockEntry.digestOf(entries),
                        new Sharing(1, K, custodians, Digest.of("test")),
                        List.of(custodians.getFirst().id(), custodians.getLast().id()));
        return new Ceremony(holders, identities, entry);
    }

    /// Takes it in and lets its tenth be found good.
    void takenBy(Stocks stocks) {
        stocks.begin(entry);
        identities.forEach(stocks::add);
        HolderKeys first = holders.getFirst();
        HolderKeys last = holders.getLast();
        Order order =
                new Order(
                                Order.Purpose.TENTH,
                                entry.stock(),
                                1,
                                first.card().sealing(),
                                0,
                                "a test",
                                Instant.EPOCH,
                                "no proof",
                                List.of())
                        .signed(first.card().id(), first.signing())
                        .signed(last.card().id(), last.signing());
        List<Integer> opened = Choice.of(order, identities.size());
        stocks.tenth(
                order,
                new TenthEntry(entry.stock(), Instant.EPOCH, order.digest(), opened, List.of()));
    }
}
