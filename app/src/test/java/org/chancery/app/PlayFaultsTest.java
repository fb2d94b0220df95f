package org.chancery.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.jdbc.JdbcTx;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.archive.order.SealedShares;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.custody.files.SharesFolder;
import org.chancery.custody.files.StockFolder;
import org.chancery.ledger.export.Completeness;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.ledger.export.Opened;
import org.chancery.ledger.megolm.MegolmHeader;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole play with faults: clients that share no keys, broken messages, a device that changes
/// in mid-session, a server that keeps an event back, a corrupt share. The statement of what was
/// opened names each gap and its cause, and no other. Run as [WholePlayTest] is; with
/// `-Dchancery.events=10000` in full.
@Tag("outside")
class PlayFaultsTest {
    private static final int EVENTS = Integer.getInteger("chancery.events", 100);
    private static final String[] QUORUM = {"ben", "cleo", "dan"};

    @TempDir static Path folder;
    private static final Figures FIGURES = new Figures("faults");
    private static RecordHouse house;
    private static JsonObject told;
    private static RecordHouse.Handed handed;
    private static RecordHouse.Handed foreign;
    private static List<String> quorum;
    private static ReadExport export;

    /// Of the while in which but Alice wrote.
    private static ReadExport exportOfHers;

    @BeforeAll
    static void it_goes_wrong_and_is_opened_all_the_same() throws Exception {
        long began = System.currentTimeMillis();
        house = new RecordHouse(folder, 4);
        List<JsonObject> people = new ArrayList<>();
        for (String name : List.of("alice", "bob", "carol")) {
            people.add(house.session(name));
        }
        told =
                house.play(
                        "faults.mjs",
                        JsonObject.of("people", JsonArray.of(people))
                                .with("admin", house.adminToken())
                                .with("messages", EVENTS));
        FIGURES.take("talk_ms", System.currentTimeMillis() - began);
        house.tamper(PlayFaultsTest::keepBack);
        JsonObject scope = RecordHouse.part(text("room"), began, later());
        handed = house.hand("handed", scope);
        foreign = house.hand("foreign", "anton", scope);
        quorum = house.release(handed, QUORUM);
        long opening = System.currentTimeMillis();
        export = new ReadExport(house.export(handed, quorum), house.policy());
        FIGURES.take("open_log_and_seal_ms", System.currentTimeMillis() - opening);
        RecordHouse.Handed hers =
                house.hand("hers", RecordHouse.part(text("room"), time("from"), time("until")));
        exportOfHers =
                new ReadExport(house.export(hers, house.release(hers, QUORUM)), house.policy());
        house.stop();
    }

    /// The tampered server: one event never came to its archive.
    private static void keepBack(Path data) {
        byte[] key = Base64.getUrlDecoder().decode(text("withheld").substring(1));
        String pieces =
                " WHERE id IN (SELECT p.id FROM record_pieces p, events e"
                        + " WHERE e.event_key = ? AND p.kind = 0"
                        + " AND p.id / 1048576 = e.position)";
        try (Database database = Database.sqlite(data.resolve("chancery.db"))) {
            database.commit(
                    0,
                    (tx, _) -> {
                        int keys = JdbcTx.of(tx).run("DELETE FROM record_keys" + pieces, key);
                        int gone = JdbcTx.of(tx).run("DELETE FROM record_pieces" + pieces, key);
                        assertEquals("1 1", keys + " " + gone, "one piece was kept back");
                    });
        }
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        FIGURES.write();
    }

    @Test
    void each_message_that_was_not_read_is_named_with_its_cause_and_no_other() throws Exception {
        Map<String, String> expected = new TreeMap<>();
        closed("broken").forEach(id -> expected.put(id, "undecryptable"));
        closed("claim").forEach(id -> expected.put(id, "withheld m.no_olm"));
        closed("unverified").forEach(id -> expected.put(id, "withheld m.unverified"));
        List<String> sent = told.array("sent").orElseThrow().strings();
        int encrypted = sent.size() + expected.size();

        Opened opened = export.opened();

        Map<String, String> stated = new TreeMap<>();
        for (Opened.Unread gap : opened.unread()) {
            boolean says = gap.cause() == Opened.Cause.WITHHELD;
            stated.put(gap.event().value(), gap.cause() + (says ? " " + gap.detail() : ""));
        }
        assertEquals(expected, stated);
        assertEquals(Set.copyOf(sent), export.messages().keySet());
        assertEquals(encrypted, opened.encrypted());
        assertEquals(sent.size(), opened.read());
        String page = Files.readString(export.folder().resolve("index.html"));
        assertTrue(page.contains(counted(sent.size(), encrypted)));
        FIGURES.take("encrypted_events_in_scope", encrypted);
        FIGURES.take("read", sent.size());
        FIGURES.take("stated_not_to_be_read", stated.size());
    }

    @Test
    void three_broken_messages_of_so_many_are_counted_and_named() throws Exception {
        List<Opened.Unread> unread = exportOfHers.opened().unread();
        String page = Files.readString(exportOfHers.folder().resolve("index.html"));

        assertEquals(
                Set.copyOf(closed("broken")),
                Set.copyOf(unread.stream().map(gap -> gap.event().value()).toList()));
        assertTrue(unread.stream().allMatch(gap -> gap.cause() == Opened.Cause.UNDECRYPTABLE));
        assertEquals(EVENTS, exportOfHers.opened().encrypted());
        assertTrue(page.contains(counted(EVENTS - 3, EVENTS)));
        exportOfHers.assertVerified();
        FIGURES.take("events_of_one_sender", EVENTS);
        FIGURES.take("of_these_read", exportOfHers.opened().read());
        FIGURES.take("of_these_named_as_broken", unread.size());
    }

    private static String counted(int read, int all) {
        return String.format(
                Locale.ROOT, "%,d of %,d encrypted messages in scope were read.", read, all);
    }

    @Test
    void the_event_that_the_server_kept_back_shows_in_the_graph_and_in_its_session()
            throws Exception {
        EventId lost = EventId.parse(text("withheld"));
        MegolmHeader next = header(told.array("sent").orElseThrow().strings().getLast());

        Completeness stated = export.completeness();

        assertEquals(Map.of(lost, Completeness.Cause.NEVER_RECEIVED), stated.missing());
        assertEquals(1, stated.silences().size(), stated.silences().toString());
        Completeness.Silence silence = stated.silences().getFirst();
        assertEquals(next.session(), silence.session());
        assertEquals(List.of(next.index() - 1, next.index() - 1), ends(silence));
        long verifying = System.currentTimeMillis();
        export.assertVerified();
        FIGURES.take("verify_ms", System.currentTimeMillis() - verifying);
    }

    private static List<Long> ends(Completeness.Silence silence) {
        return List.of(silence.first(), silence.last());
    }

    private static MegolmHeader header(String id) throws Exception {
        return export.events().stream()
                .map(json -> Pdu.parse(json, RoomVersion.V12))
                .filter(event -> event.eventId().value().equals(id))
                .findFirst()
                .flatMap(MegolmHeader::of)
                .orElseThrow();
    }

    @Test
    void a_gap_that_is_not_stated_is_found() throws Exception {
        Path file = export.folder().resolve(ExportLayout.COMPLETENESS);
        byte[] right = Files.readAllBytes(file);
        Completeness silent = new Completeness(export.completeness().events(), Map.of(), List.of());

        Files.write(file, silent.bytes());
        String said = export.verify();
        Files.write(file, right);

        assertTrue(said.startsWith("1\n"), said);
        assertTrue(said.contains(text("withheld")), said);
    }

    @Test
    void a_corrupt_share_is_named_by_the_archivist_and_by_its_custodian() throws Exception {
        String released = handed.releaseOf("ben");
        String name = corrupt(released, "corrupt");
        String own = corrupt(house.custodians.shares("eve"), "corrupt-own");
        Path shares = house.custodians.file(house.custodians.shares("eve"));
        Files.move(shares, house.custodians.file("eve-before"));
        Files.move(house.custodians.file("corrupt-own"), shares);

        var opened =
                house.custodians.open(
                        handed.dossier(),
                        "with-corrupt",
                        List.of("corrupt", quorum.get(1), quorum.get(2)));
        var release = house.custodians.release("late", handed.dossier(), "eve");

        opened.refused(name);
        release.refused(own);
        assertFalse(Files.exists(house.custodians.file("with-corrupt")));
    }

    /// Copies a folder of shares with one bit flipped in the share of a device in scope.
    ///
    /// @return how the log names that share
    private static String corrupt(String from, String to) throws Exception {
        var dossier = DossierReader.open(new DossierOnDisk(handed.dossier()));
        int number = dossier.entry().scope().getFirst().number();
        var device = dossier.entry().scope().getFirst().devices().getFirst();
        SealedShares right = SharesFolder.open(house.custodians.file(from)).read(number);
        List<SealedShares.Share> shares = new ArrayList<>();
        for (SealedShares.Share share : right.shares()) {
            byte[] sealed = UnpaddedBase64.decode(share.ciphertext()).orElseThrow();
            sealed[0] ^= (byte) (share.device().equals(device) ? 1 : 0);
            shares.add(
                    new SealedShares.Share(
                            share.device(), share.encapsulated(), UnpaddedBase64.encode(sealed)));
        }
        SharesFolder.make(house.custodians.file(to))
                .write(
                        new SealedShares(
                                right.stock(),
                                right.generation(),
                                right.number(),
                                right.index(),
                                right.order(),
                                shares));
        var stock = StockFolder.open(house.custodians.file("stock/public"));
        return stock.shares(right.generation(), number).share(device, right.index()).value();
    }

    @Test
    void a_server_that_asks_for_shares_with_a_key_of_its_own_gets_none() throws Exception {
        var asked = house.custodians.release("foreign", foreign.dossier(), "ada");

        asked.refused("it names another key than this reading room's");
        assertFalse(Files.exists(house.custodians.file("foreign-ada")));
    }

    private static List<String> closed(String why) {
        return told.object("closed").flatMap(all -> all.array(why)).orElseThrow().strings();
    }

    private static long later() {
        return Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
    }

    private static long time(String name) {
        return told.integer(name).orElseThrow();
    }

    private static String text(String name) {
        return told.string(name).orElseThrow();
    }
}
