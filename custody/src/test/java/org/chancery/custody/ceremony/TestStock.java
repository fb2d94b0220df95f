package org.chancery.custody.ceremony;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.Secret;
import org.chancery.protocol.id.ServerName;

/// Five custodians in two houses, of whom three open, and two identities.
public final class TestStock {
    public static final SecureRandom RANDOM = new SecureRandom();
    public static final int K = 3;

    public final List<HolderKeys> holders = new ArrayList<>();
    public final HolderKeys desk = HolderKeys.drawn("Desk", "House", RANDOM);
    public final Sharing sharing;
    public final IdentityMaker.Made first;
    public final IdentityMaker.Made second;

    public TestStock() {
        for (int i = 1; i <= 5; i++) {
            holders.add(HolderKeys.drawn("Custodian " + i, i < 4 ? "City" : "Court", RANDOM));
        }
        CeremonyPlan plan = plan(holders.stream().map(HolderKeys::card).toList());
        IdentityMaker maker = new IdentityMaker(plan, RANDOM);
        first = maker.make(1);
        second = maker.make(2);
        sharing = new Sharing(1, K, plan.custodians(), Digest.of("test"));
    }

    static CeremonyPlan plan(List<Custodian> custodians) {
        return new CeremonyPlan(
                StockId.of(new byte[StockId.BYTES]),
                new ServerName("example.org"),
                new Quarter(2026, 4),
                2,
                1,
                9,
                1,
                K,
                custodians);
    }

    public Order order(Order.Purpose purpose) {
        Order order =
                new Order(
                        purpose,
                        first.identity().stock(),
                        1,
                        desk.card().sealing(),
                        purpose == Order.Purpose.REHEARSAL ? 10 : 0,
                        "a test",
                        Instant.EPOCH,
                        "no proof",
                        List.of());
        return signed(order, 0, 4);
    }

    public Order signed(Order order, int... holders) {
        Order signed = order;
        for (int holder : holders) {
            HolderKeys keys = this.holders.get(holder);
            signed = signed.signed(keys.card().id(), keys.signing());
        }
        return signed;
    }

    /// The shares of these custodians, sealed anew for the order.
    public List<SealedShares> releases(Order order, IdentityMaker.Made made, int... holders) {
        List<SealedShares> releases = new ArrayList<>();
        for (int holder : holders) {
            releases.add(release(order, made, holder));
        }
        return releases;
    }

    private SealedShares release(Order order, IdentityMaker.Made made, int holder) {
        ShareHolder own = new ShareHolder(holders.get(holder), sharing);
        SealedShares file = made.shares().get(holder);
        return own.release(order, made.identity(), made.digests(), file, RANDOM);
    }

    public KeyDesk desk(Order order) {
        return new KeyDesk(desk, order, sharing, RANDOM);
    }

    /// The device, opened by these custodians.
    public OlmAccount open(IdentityMaker.Made made, ArchiveDevice device, int... holders) {
        Order order = order(Order.Purpose.TENTH);
        try (Secret key =
                desk(order)
                        .key(
                                made.identity(),
                                device,
                                made.digests(),
                                releases(order, made, holders))) {
            return KeyDesk.open(device, key);
        }
    }
}
