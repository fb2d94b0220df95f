package org.chancery.custody.ceremony;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.entry.IdentityEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.SharesEntry;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Digest;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.archive.stock.Sharing;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.seal.Canary;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.SealFault;
import org.chancery.custody.seal.Secret;
import org.chancery.custody.seal.SigningKey;
import org.junit.jupiter.api.Test;

class CeremonyTest {
    private static final TestStock STOCK = new TestStock();
    private final ArchiveIdentity identity = STOCK.first.identity();
    private final ArchiveDevice device = identity.devices().getFirst();
    private final Order order = STOCK.order(Order.Purpose.TENTH);

    @Test
    void an_identity_has_a_signed_device_for_each_quarter_and_spare() {
        List<String> slots = identity.devices().stream().map(d -> d.slot().toString()).toList();

        assertEquals(List.of("2026Q4", "2027Q1", "spare-1"), slots);
        assertDoesNotThrow(() -> identity.check(SigningKey.verifier()));
        assertEquals(identity, ArchiveIdentity.parse(identity.bytes()));
        assertEquals("@archive.00000000.00001:example.org", identity.user().toString());
    }

    @Test
    void an_identity_into_which_another_device_was_put_is_refused() {
        List<ArchiveDevice> devices = new ArrayList<>(identity.devices());
        devices.set(0, STOCK.second.identity().devices().getFirst());
        ArchiveIdentity forged = with(devices);

        assertThrows(MalformedArchive.class, () -> forged.check(SigningKey.verifier()));
    }

    @Test
    void an_identity_of_which_a_signature_was_changed_is_refused() {
        String bytes = new String(identity.bytes(), UTF_8);
        String key = identity.devices().getLast().fallbackKey().value();
        String other = STOCK.second.identity().devices().getLast().fallbackKey().value();

        ArchiveIdentity forged = ArchiveIdentity.parse(bytes.replace(key, other).getBytes(UTF_8));

        assertThrows(MalformedArchive.class, () -> forged.check(SigningKey.verifier()));
    }

    @Test
    void any_three_custodians_open_any_device() {
        for (ArchiveDevice one : identity.devices()) {
            try (OlmAccount account = STOCK.open(STOCK.first, one, 0, 2, 4)) {
                assertEquals(one.fingerprint(), account.ed25519());
            }
        }
    }

    @Test
    void two_custodians_open_nothing() {
        var fault =
                assertThrows(SealFault.class, () -> STOCK.open(STOCK.first, device, 1, 3).close());

        assertEquals("2 custodians released their shares; it takes 3", fault.getMessage());
    }

    @Test
    void the_key_of_one_device_opens_no_other() {
        ArchiveDevice other = identity.devices().get(1);
        ArchiveDevice others = STOCK.second.identity().devices().getFirst();

        try (Secret key = key(device)) {
            assertThrows(SealFault.class, () -> KeyDesk.open(other, key).close());
            assertThrows(SealFault.class, () -> KeyDesk.open(others, key).close());
        }
    }

    @Test
    void the_shares_of_one_device_are_no_shares_of_another() {
        List<SealedShares> releases = STOCK.releases(order, STOCK.first, 0, 1, 2);
        List<SealedShares> moved = new ArrayList<>(releases);
        SealedShares.Share share = releases.getFirst().shares().get(1);
        moved.set(0, exchanged(releases.getFirst(), share));

        var fault = assertThrows(SealFault.class, () -> key(device, moved).close());

        assertTrue(fault.getMessage().contains(digest(0).value()), fault.getMessage());
    }

    @Test
    void a_corrupt_share_is_named_by_its_digest_at_home_and_at_the_desk() {
        SealedShares good = STOCK.first.shares().get(1);
        SealedShares.Share share = good.shares().getFirst();
        SealedShares corrupt = exchanged(good, flipped(share));
        ShareHolder holder = new ShareHolder(STOCK.holders.get(1), STOCK.sharing);
        List<SealedShares> releases = new ArrayList<>(STOCK.releases(order, STOCK.first, 0, 1, 2));
        releases.set(1, exchanged(releases.get(1), flipped(releases.get(1).shares().getFirst())));

        var atHome = holder.count(identity, STOCK.first.digests(), corrupt);
        var atTheDesk = assertThrows(SealFault.class, () -> key(device, releases).close());

        assertEquals(new ShareHolder.Count(2, List.of(digest(1))), atHome);
        assertTrue(atTheDesk.getMessage().contains(digest(1).value()), atTheDesk.getMessage());
    }

    @Test
    void a_custodian_who_releases_another_share_than_theirs_is_named() {
        SharesEntry digests = STOCK.first.digests();
        SharesEntry.Device known = digests.devices().getFirst();
        List<Digest> swapped = new ArrayList<>(known.shares());
        swapped.set(2, known.shares().get(3));
        SharesEntry other =
                new SharesEntry(
                        digests.stock(),
                        1,
                        1,
                        List.of(new SharesEntry.Device(known.id(), swapped)));
        List<SealedShares> releases = STOCK.releases(order, STOCK.first, 0, 1, 2);

        var fault =
                assertThrows(
                        SealFault.class,
                        () -> STOCK.desk(order).key(identity, device, other, releases).close());

        assertTrue(fault.getMessage().contains("not what the log knows"), fault.getMessage());
    }

    @Test
    void a_share_released_for_one_order_does_not_serve_another() {
        Order later = STOCK.order(Order.Purpose.RESHARE);
        List<SealedShares> releases = STOCK.releases(later, STOCK.first, 0, 1, 2);

        assertThrows(MalformedArchive.class, () -> key(device, releases).close());
    }

    @Test
    void an_order_over_the_key_of_a_server_is_refused() {
        HolderKeys server = HolderKeys.drawn("Server", "City", TestStock.RANDOM);
        Order forged = order(server.card().sealing(), order.signatures());
        Order own =
                order(server.card().sealing(), List.of())
                        .signed(server.card().id(), server.signing());

        refused(forged, "does not hold");
        refused(own, "no custodian of this stock");
    }

    @Test
    void an_order_takes_two_names_from_two_houses() {
        Order bare = order(order.desk(), List.of());

        refused(STOCK.signed(bare, 0), "two custodians of two organisations");
        refused(STOCK.signed(bare, 0, 1, 2), "two custodians of two organisations");
        assertDoesNotThrow(
                () -> STOCK.signed(bare, 2, 3).check(STOCK.sharing, SigningKey.verifier()));
        assertEquals(order, Order.parse(order.bytes()));
    }

    @Test
    void somebody_who_holds_no_share_is_told_so() {
        HolderKeys stranger = HolderKeys.drawn("Stranger", "City", TestStock.RANDOM);

        var fault =
                assertThrows(
                        MalformedArchive.class, () -> new ShareHolder(stranger, STOCK.sharing));

        assertTrue(fault.getMessage().contains("Stranger holds no share"));
    }

    @Test
    void a_forged_entry_with_other_custodians_beside_the_true_ones_moves_no_share() {
        List<HolderKeys> people = new ArrayList<>(STOCK.holders);
        people.set(0, HolderKeys.drawn("Accomplice", "City", TestStock.RANDOM));
        people.set(4, HolderKeys.drawn("Accessory", "Court", TestStock.RANDOM));
        List<Custodian> listed = people.stream().map(HolderKeys::card).toList();
        Sharing forged = new Sharing(1, TestStock.K, listed, Digest.of("test"));
        Order theirs = order(order.desk(), List.of());
        for (HolderKeys one : List.of(people.getFirst(), people.getLast())) {
            theirs = theirs.signed(one.card().id(), one.signing());
        }
        Order signed = theirs;
        ShareHolder victim = new ShareHolder(STOCK.holders.get(1), forged);

        assertDoesNotThrow(() -> signed.check(forged, SigningKey.verifier()));
        assertThrows(
                SealFault.class,
                () ->
                        victim.release(
                                signed,
                                identity,
                                STOCK.first.digests(),
                                STOCK.first.shares().get(1),
                                TestStock.RANDOM));
    }

    @Test
    void a_custodian_cannot_open_the_share_of_another() {
        ShareHolder holder = new ShareHolder(STOCK.holders.get(1), STOCK.sharing);
        SealedShares others = STOCK.first.shares().get(2);

        assertThrows(
                MalformedArchive.class,
                () -> holder.count(identity, STOCK.first.digests(), others));
        SealedShares relabelled =
                new SealedShares(
                        others.stock(), 1, 1, holder.index(), Optional.empty(), others.shares());
        assertEquals(0, holder.count(identity, STOCK.first.digests(), relabelled).good());
    }

    @Test
    void what_is_opened_of_the_tenth_is_proved_and_a_cheating_machine_is_found_out() {
        List<SealedShares> releases = STOCK.releases(order, STOCK.first, 0, 1, 2, 3);
        List<ArchiveDevice> devices = new ArrayList<>(identity.devices());
        ArchiveDevice honest = devices.getFirst();
        ArchiveDevice others = STOCK.second.identity().devices().getFirst();
        devices.set(
                0,
                new ArchiveDevice(
                        honest.id(),
                        honest.slot(),
                        honest.keys(),
                        honest.fallback(),
                        others.container()));

        List<String> nothing = STOCK.desk(order).prove(identity, STOCK.first.digests(), releases);
        List<String> faults =
                STOCK.desk(order).prove(with(devices), STOCK.first.digests(), releases);

        assertEquals(List.of(), nothing);
        assertEquals(
                List.of("the container of device " + honest.id() + " does not open with this key"),
                faults);
    }

    @Test
    void after_a_re_sharing_the_new_shares_open_and_bind_to_their_generation() {
        Order reshare = STOCK.order(Order.Purpose.RESHARE);
        List<HolderKeys> people = new ArrayList<>(STOCK.holders);
        people.set(4, HolderKeys.drawn("Successor", "Court", TestStock.RANDOM));
        Sharing next =
                new Sharing(
                        2,
                        TestStock.K,
                        people.stream().map(HolderKeys::card).toList(),
                        Digest.of("test"));

        Resharing.Reshared made =
                new Resharing(STOCK.desk(reshare), next, TestStock.RANDOM)
                        .reshare(
                                identity,
                                STOCK.first.digests(),
                                STOCK.releases(reshare, STOCK.first, 1, 2, 3));

        ShareHolder successor = new ShareHolder(people.get(4), next);
        SealedShares file = made.shares().get(4);
        assertEquals(
                new ShareHolder.Count(3, List.of()),
                successor.count(identity, made.digests(), file));
        assertNotEquals(
                STOCK.first.digests().share(device.id(), 1), made.digests().share(device.id(), 1));
        assertThrows(MalformedArchive.class, () -> new ShareHolder(STOCK.holders.get(4), next));
    }

    @Test
    void nothing_that_is_written_holds_a_private_byte() throws Exception {
        ByteArrayOutputStream written = new ByteArrayOutputStream();
        written.write(identity.bytes());
        written.write(STOCK.first.digests().bytes());
        written.write(IdentityEntry.of(identity).bytes());
        for (SealedShares file : STOCK.first.shares()) {
            written.write(file.bytes());
        }
        for (SealedShares release : STOCK.releases(order, STOCK.first, 0, 1, 2, 3, 4)) {
            written.write(release.bytes());
        }

        for (ArchiveDevice one : identity.devices()) {
            try (Secret key = key(one)) {
                assertFalse(Canary.of(key.bytes()).isIn(written.toByteArray()));
            }
        }
    }

    @Test
    void entries_of_the_log_read_back_as_they_were_written() {
        List<LogEntry> entries = List.of(IdentityEntry.of(identity), STOCK.first.digests());

        for (LogEntry entry : entries) {
            assertEquals(entry, LogEntry.parse(entry.bytes()));
        }
    }

    private Order order(PublicKey desk, List<Order.Signature> signatures) {
        return new Order(
                order.purpose(),
                order.stock(),
                1,
                desk,
                0,
                order.reason(),
                order.madeAt(),
                order.proof(),
                signatures);
    }

    private void refused(Order wrong, String why) {
        var fault =
                assertThrows(
                        MalformedArchive.class,
                        () -> wrong.check(STOCK.sharing, SigningKey.verifier()));
        assertTrue(fault.getMessage().contains(why), fault.getMessage());
    }

    private Secret key(ArchiveDevice of) {
        return STOCK.desk(order)
                .key(
                        identity,
                        of,
                        STOCK.first.digests(),
                        STOCK.releases(order, STOCK.first, 0, 1, 2));
    }

    private Secret key(ArchiveDevice of, List<SealedShares> releases) {
        return STOCK.desk(order).key(identity, of, STOCK.first.digests(), releases);
    }

    private Digest digest(int holder) {
        return STOCK.first.digests().share(device.id(), holder + 1);
    }

    private ArchiveIdentity with(List<ArchiveDevice> devices) {
        return new ArchiveIdentity(
                identity.stock(),
                identity.number(),
                identity.use(),
                identity.user(),
                identity.crossSigning(),
                devices);
    }

    /// The file with another sealing in the place of its first.
    private static SealedShares exchanged(SealedShares file, SealedShares.Share share) {
        List<SealedShares.Share> shares = new ArrayList<>(file.shares());
        shares.set(
                0,
                new SealedShares.Share(
                        shares.getFirst().device(), share.encapsulated(), share.ciphertext()));
        return new SealedShares(
                file.stock(), file.generation(), file.number(), file.index(), file.order(), shares);
    }

    private static SealedShares.Share flipped(SealedShares.Share share) {
        char first = share.ciphertext().charAt(0);
        return new SealedShares.Share(
                share.device(),
                share.encapsulated(),
                (first == 'A' ? 'B' : 'A') + share.ciphertext().substring(1));
    }
}
