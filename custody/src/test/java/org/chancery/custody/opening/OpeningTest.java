package org.chancery.custody.opening;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.custody.opening.TestRecord.ANA;
import static org.chancery.custody.opening.TestRecord.BEN;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.dossier.Blob;
import org.chancery.archive.dossier.Coverage;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.order.CaseOrder;
import org.chancery.archive.order.SealedShares;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.custody.seal.SealFault;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.junit.jupiter.api.Test;

class OpeningTest extends OpeningFixture {
    @Test
    void three_of_five_open_and_the_verifier_says_yes() throws Exception {
        talk();

        CaseOpening.Read read = open("", 0, 2, 4);

        assertEquals(new CaseOpening.Read(4, 4, 4), read);
        List<OpenedMessage> messages = messages();
        assertEquals("good morning", body(messages.get(0)));
        assertEquals("and to you", body(messages.get(1)));
        assertEquals(OpenedMessage.Identity.UNCHANGED, messages.get(0).sender().identity());
        assertEquals(List.of(), opened().unread());
        assertVerified();
    }

    @Test
    void one_flipped_bit_in_what_an_opening_writes_is_found() throws Exception {
        talk();
        open("", 0, 1, 2);
        assertVerified();

        try (var files = Files.walk(export())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                byte[] right = Files.readAllBytes(file);
                int at = right.length / 2;
                if (right.length > 0) {
                    byte[] wrong = right.clone();
                    wrong[at] ^= 1;
                    Files.write(file, wrong);
                    assertEquals(1, verify(new StringBuilder()), file + ", byte " + at);
                    Files.write(file, right);
                }
            }
        }
    }

    @Test
    void two_of_five_do_not_open() {
        talk();

        var fault = assertThrows(SealFault.class, () -> open("", 0, 4));

        assertEquals("2 custodians released their shares; it takes 3", fault.getMessage());
    }

    @Test
    void a_corrupt_share_is_named() {
        talk();
        CaseOrder order = hand();
        List<SealedShares> releases = releases(order, stock.first, 0, 1, 2);
        SealedShares one = releases.get(1);
        SealedShares.Share share = one.shares().getFirst();
        byte[] changed = UnpaddedBase64.decode(share.ciphertext()).orElseThrow();
        changed[0] ^= 1;
        releases.set(
                1,
                new SealedShares(
                        one.stock(),
                        one.generation(),
                        one.number(),
                        one.index(),
                        one.order(),
                        List.of(
                                new SealedShares.Share(
                                        share.device(),
                                        share.encapsulated(),
                                        UnpaddedBase64.encode(changed)))));

        var fault = assertThrows(SealFault.class, () -> open(order, releases, ""));

        String digest = stock.first.digests().share(share.device(), 2).value();
        assertTrue(fault.getMessage().contains(digest), fault.getMessage());
    }

    @Test
    void shares_of_another_room_or_for_another_leaf_open_nothing() {
        talk();
        CaseOrder order = hand();
        CaseOrder elsewhere = new CaseOrder(order.entry(), order.index() + 1);

        assertThrows(MalformedArchive.class, () -> releases(order, stock.second, 0, 1, 2));
        assertThrows(
                MalformedArchive.class,
                () -> open(order, releases(elsewhere, stock.first, 0, 1, 2), ""));
    }

    @Test
    void the_device_of_another_period_is_not_released() {
        talk();
        var later = stock.first.identity().devices().get(1);
        CaseEntry entry = record.approved(stock.desk.card().sealing(), later.id());
        long place = record.hand(entry, dossier());

        var fault =
                assertThrows(
                        MalformedArchive.class,
                        () -> releases(new CaseOrder(entry, place), stock.first, 0));

        assertTrue(fault.getMessage().contains("2027Q1, which is not in its scope"));
    }

    @Test
    void a_server_that_asks_with_a_key_of_its_own_gets_nothing() {
        talk();
        HolderKeys own = HolderKeys.drawn("Rita", "City", RANDOM);
        CaseEntry entry = record.approved(own.card().sealing(), record.device().id());
        record.hand(entry, dossier());
        DossierReader dossier = DossierReader.open(dossier());

        var key = refused(() -> check(dossier, record.officers(), record.log));
        var officers = refused(() -> check(dossier, List.of(own.card()), record.log));
        var log =
                refused(
                        () ->
                                CaseCheck.check(
                                        dossier,
                                        record.officers(),
                                        new TestLog().policy(),
                                        own.card().sealing()));

        assertTrue(key.contains("another key than this reading room's"), key);
        assertTrue(officers.contains("none of those that are pinned"), officers);
        assertTrue(log.contains("the case is not proved to be logged"), log);
    }

    @Test
    void a_case_that_only_one_has_signed_moves_nobody() {
        talk();
        CaseEntry entry =
                record.draft(stock.desk.card().sealing(), record.device().id())
                        .requestedBy(record.rita.signing());
        record.hand(entry, dossier());
        DossierReader dossier = DossierReader.open(dossier());

        String why = refused(() -> check(dossier, record.officers(), record.log));

        assertEquals("the case is refused: Anton has not signed it", why);
    }

    @Test
    void gaps_are_told_exactly_with_their_causes() throws Exception {
        record.share(ANA);
        for (int i = 0; i < 20; i++) {
            record.write(ANA, "message " + i);
        }
        List<EventId> broken = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            broken.add(undecryptable(record.sender(ANA).message("broken " + i)).eventId());
        }
        EventId before = record.write(BEN, "before the archive was there").eventId();
        record.share(BEN);
        record.write(BEN, "after");
        record.sender(BEN).rotate();
        JsonObject kept = record.sender(BEN).message("kept from the archive");
        EventId withheld = record.encrypted(BEN, kept).eventId();
        record.inbox.add(withheld(kept));
        record.sender(BEN).rotate();
        JsonObject shredded = record.sender(BEN).message("its key is gone");
        EventId expired = record.encrypted(BEN, shredded).eventId();
        record.sessions.add(new Coverage(BEN, session(shredded), Coverage.State.PRESUMED, 0, ""));
        record.endHour();

        CaseOpening.Read read = open("", 0, 1, 2);

        assertEquals(new CaseOpening.Read(21, 27, 21), read);
        List<String> gaps =
                opened().unread().stream().map(gap -> gap.event() + " " + gap.cause()).toList();
        List<String> expected = new ArrayList<>();
        broken.forEach(id -> expected.add(id + " undecryptable"));
        expected.add(before + " earlier_than_key");
        expected.add(withheld + " withheld");
        expected.add(expired + " key_expired");
        assertEquals(expected, gaps);
        assertEquals("m.unverified", opened().unread().get(4).detail());
        assertTrue(page().contains("21 of 27 encrypted messages in scope were read."));
        assertVerified();
    }

    @Test
    void an_event_that_a_tampered_server_keeps_back_shows_twice() throws Exception {
        record.share(ANA);
        record.write(ANA, "one");
        EventId lost = record.write(ANA, "two").eventId();
        record.loseLast();
        record.write(ANA, "three");
        record.endHour();

        open("", 0, 1, 2);

        Completeness stated =
                Completeness.parse(Files.readAllBytes(export().resolve("room/completeness.json")));
        assertEquals(Completeness.Cause.NEVER_RECEIVED, stated.missing().get(lost));
        assertEquals(1, stated.silences().size());
        assertEquals(1, stated.silences().getFirst().first());
        assertVerified();
    }

    @Test
    void attachments_are_decrypted_and_missing_ones_named() throws Exception {
        record.share(ANA);
        file("mxc://example.org/here", "plan.pdf", true);
        file("mxc://example.org/lost", "lost.pdf", false);
        Pdu disposed = file("mxc://example.org/gone", "gone.pdf", false);
        record.gone.add(
                new Blob(
                        "mxc://example.org/gone",
                        "00".repeat(32),
                        5,
                        Blob.Pin.GONE,
                        Optional.of(disposed.eventId())));
        record.endHour();

        open("", 0, 1, 2);

        assertArrayEquals(
                "bytes".getBytes(UTF_8),
                Files.readAllBytes(export().resolve("attachments/000000-plan.pdf")));
        assertEquals(
                List.of("missing", "disposed"),
                opened().files().stream().map(gap -> gap.cause().toString()).toList());
        assertVerified();
    }

    @Test
    void of_a_search_only_hits_leave() throws Exception {
        talk();

        CaseOpening.Read read = open("MORNING", 0, 1, 2);

        assertEquals(new CaseOpening.Read(4, 4, 1), read);
        assertFalse(Files.readString(export().resolve(ExportLayout.MESSAGES)).contains("to you"));
        assertFalse(page().contains("to you"));
        assertVerified();
    }

    @Test
    void hostile_text_is_shown_and_does_nothing() throws Exception {
        record.share(ANA);
        record.write(ANA, "<script>alert(1)</script><img src=x onerror=y>\u202egnp.exe");
        record.join(BEN, "</td><style>*{display:none}</style>");
        record.endHour();

        open("", 0, 1, 2);

        String page = page();
        assertTrue(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;"));
        assertTrue(page.contains("[U+202E]gnp.exe"));
        assertFalse(page.contains("<img"));
        assertEquals(1, page.split("<style>", -1).length - 1);
        assertEquals(1, page.split("<script>", -1).length - 1);
        assertTrue(page.contains("default-src 'none'"));
        assertFalse(page.contains("http://") || page.contains("https://"));
    }
}
