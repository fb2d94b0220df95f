package org.chancery.archive.entry;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.Spare;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;

/// One entry of each kind, whose keys are no keys.
public final class Sample {
    public static final StockId STOCK = StockId.of(new byte[StockId.BYTES]);
    private static final Instant AT = Instant.ofEpochMilli(1_795_000_000_123L);

    private Sample() {}

    public static PublicKey key(int number) {
        byte[] bytes = new byte[32];
        bytes[0] = (byte) number;
        return PublicKey.of(bytes);
    }

    public static Digest digest(int number) {
        return Digest.of("sample", new byte[] {(byte) number});
    }

    public static List<Custodian> custodians(int count) {
        List<Custodian> custodians = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String house = i < (count + 1) / 2 ? "City" : "Court";
            custodians.add(new Custodian("Custodian " + i, house, key(2 * i), key(2 * i + 1)));
        }
        return custodians;
    }

    public static Sharing sharing(int generation) {
        return new Sharing(generation, 3, custodians(5), digest(1));
    }

    public static List<LogEntry> all() {
        List<Digest> present = custodians(5).stream().map(Custodian::id).toList();
        UserId user = UserId.parse("@archive.00000000.00001:example.org");
        return List.of(
                new StockEntry(
                        STOCK,
                        new ServerName("example.org"),
                        AT,
                        100,
                        digest(2),
                        sharing(1),
                        present.subList(0, 2)),
                identity(user),
                caseEntry(),
                new KeyChangeEntry(digest(13), AT),
                new CaseStepEntry(
                        digest(16),
                        CaseStepEntry.Step.REFUSED,
                        UserId.parse("@ida:example.org"),
                        AT),
                new PiecesEntry(digest(14), RoomId.parse("!room:example.org"), 3, digest(15), AT),
                new SharesEntry(
                        STOCK,
                        1,
                        1,
                        List.of(
                                new SharesEntry.Device(
                                        new DeviceId("2026Q4ABC"),
                                        List.of(digest(3), digest(4), digest(5))))),
                new ReshareEntry(STOCK, AT, digest(6), sharing(2)),
                new TenthEntry(STOCK, AT, digest(7), List.of(3, 17), List.of("a fault")),
                new BindingEntry(STOCK, 1, user, RoomId.parse("!room:example.org"), AT),
                new ShareCheckEntry(STOCK, 1, digest(8), AT, 1_200, List.of(digest(9)), "c2ln"),
                new RehearsalEntry(STOCK, 99, AT, digest(10), present.subList(0, 3), 25, 25));
    }

    public static CaseEntry caseEntry() {
        return new CaseEntry(
                new CaseGround(
                        CaseGround.Kind.FREEDOM_OF_INFORMATION, "W-7", "Woo 4.1", "It was asked."),
                List.of(
                        new CaseScope(
                                RoomId.parse("!room:example.org"),
                                STOCK,
                                1,
                                List.of(new DeviceId("2026Q4ABC")),
                                AT.minusSeconds(3_600),
                                AT)),
                key(20),
                new CaseEntry.Notice(AT.plusSeconds(60), "After the hearing."),
                AT,
                CaseEntry.Signers.unsigned(
                        new CaseOfficer(UserId.parse("@rita:example.org"), "Rita", key(21)),
                        new CaseOfficer(UserId.parse("@anton:example.org"), "Anton", key(22))));
    }

    private static IdentityEntry identity(UserId user) {
        return new IdentityEntry(
                STOCK,
                1,
                ArchiveIdentity.Use.ROOM,
                user,
                new IdentityEntry.Keys(key(1), key(2), key(3)),
                List.of(
                        new IdentityEntry.Device(
                                new DeviceId("2026Q4ABC"),
                                new Quarter(2026, 4),
                                key(4),
                                key(5),
                                key(6),
                                digest(11)),
                        new IdentityEntry.Device(
                                new DeviceId("SPARE1ABC"),
                                new Spare(1),
                                key(7),
                                key(8),
                                key(9),
                                digest(12))));
    }
}
