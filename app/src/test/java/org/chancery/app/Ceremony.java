package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.chancery.archive.entry.IdentityEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.custody.ceremony.CeremonyPlan;
import org.chancery.custody.ceremony.IdentityMaker;
import org.chancery.custody.ceremony.KeyDesk;
import org.chancery.custody.ceremony.ShareHolder;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.Secret;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;

/// A ceremony whose outcome a running server is given, as the records desk gives it: a small stock
/// from the present quarter on, found good.
final class Ceremony {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int K = 2;

    private final List<HolderKeys> holders;
    private final StockEntry entry;
    private final List<IdentityMaker.Made> made;

    private Ceremony(List<HolderKeys> holders, StockEntry entry, List<IdentityMaker.Made> made) {
        this.holders = holders;
        this.entry = entry;
        this.made = made;
    }

    /// The first administrator, who comes by the link in the data folder.
    static FrontDoor.User administrator(FrontDoor server, Path data)
            throws IOException, InterruptedException {
        String link = Files.readString(data.resolve("first-admin")).strip();
        String body =
                """
                {"username":"root","password":"correct horse","auth":
                 {"type":"m.login.registration_token","token":"%s"}}\
                """
                        .formatted(link.substring(link.indexOf("token=") + 6));
        JsonObject answer = server.send("POST", CLIENT + "/register", body, "").ok().json();
        return server.signedIn(
                answer.string("user_id").orElseThrow(),
                answer.string("access_token").orElseThrow());
    }

    /// Gives the server a stock with so many identities for rooms and one for rehearsals.
    static Ceremony hold(FrontDoor.User admin, ServerName name, int rooms)
            throws IOException, InterruptedException {
        List<HolderKeys> holders = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            holders.add(HolderKeys.drawn("Custodian " + i, i < 2 ? "City" : "Court", RANDOM));
        }
        List<Custodian> custodians = holders.stream().map(HolderKeys::card).toList();
        byte[] drawn = new byte[StockId.BYTES];
        RANDOM.nextBytes(drawn);
        Quarter now = Quarter.of(LocalDate.now(ZoneOffset.UTC));
        CeremonyPlan plan =
                new CeremonyPlan(StockId.of(drawn), name, now, 2, 2, rooms, 1, K, custodians);
        IdentityMaker maker = new IdentityMaker(plan, RANDOM);
        List<IdentityMaker.Made> made = new ArrayList<>();
        for (int number = 1; number <= plan.identities(); number++) {
            made.add(maker.make(number));
        }
        List<ArchiveIdentity> identities = made.stream().map(IdentityMaker.Made::identity).toList();
        List<Digest> digests =
                identities.stream().map(one -> IdentityEntry.of(one).digest()).toList();
        StockEntry entry =
                new StockEntry(
                        plan.stock(),
                        name,
                        Instant.EPOCH,
                        plan.identities(),
                        StockEntry.digestOf(digests),
                        new Sharing(1, K, custodians, Digest.of("test")),
                        List.of(custodians.getFirst().id(), custodians.getLast().id()));
        String path = "/_chancery/admin/v1/stock/" + plan.stock();
        admin.put(path, text(entry.bytes())).ok();
        for (ArchiveIdentity one : identities) {
            admin.put(path + "/identities/" + one.number(), text(one.bytes())).ok();
        }
        Ceremony held = new Ceremony(holders, entry, made);
        held.tenth(admin, path);
        return held;
    }

    /// The identity of that user.
    ArchiveIdentity identity(UserId user) {
        return made(user).identity();
    }

    private IdentityMaker.Made made(UserId user) {
        return made.stream()
                .filter(one -> one.identity().user().equals(user))
                .findFirst()
                .orElseThrow();
    }

    /// A device, opened by these custodians.
    OlmAccount open(ArchiveIdentity identity, ArchiveDevice device, int... custodians) {
        HolderKeys desk = HolderKeys.drawn("Desk", "House", RANDOM);
        Order order = order(desk);
        IdentityMaker.Made one = made(identity.user());
        List<SealedShares> releases = new ArrayList<>();
        for (int custodian : custodians) {
            ShareHolder own = new ShareHolder(holders.get(custodian), entry.sharing());
            SealedShares file = one.shares().get(custodian);
            releases.add(own.release(order, identity, one.digests(), file, RANDOM));
        }
        KeyDesk room = new KeyDesk(desk, order, entry.sharing(), RANDOM);
        try (Secret key = room.key(identity, device, one.digests(), releases)) {
            return KeyDesk.open(device, key);
        }
    }

    private Order order(HolderKeys desk) {
        HolderKeys first = holders.getFirst();
        HolderKeys last = holders.getLast();
        return new Order(
                        Order.Purpose.TENTH,
                        entry.stock(),
                        1,
                        desk.card().sealing(),
                        0,
                        "a test",
                        Instant.EPOCH,
                        "no proof",
                        List.of())
                .signed(first.card().id(), first.signing())
                .signed(last.card().id(), last.signing());
    }

    private void tenth(FrontDoor.User admin, String path) throws IOException, InterruptedException {
        Order order = order(holders.getFirst());
        TenthEntry report =
                new TenthEntry(
                        entry.stock(),
                        Instant.EPOCH,
                        order.digest(),
                        Choice.of(order, entry.identities()),
                        List.of());
        JsonObject body =
                JsonObject.of(
                        "order",
                        Json.parseObject(order.bytes()),
                        "report",
                        Json.parseObject(report.bytes()));
        admin.put(path + "/tenth", body.toString()).ok();
    }

    private static String text(byte[] bytes) {
        return new String(bytes, UTF_8);
    }
}
