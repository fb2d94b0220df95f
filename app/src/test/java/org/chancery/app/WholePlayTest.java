package org.chancery.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.chancery.archive.dossier.DossierIndex;
import org.chancery.archive.dossier.DossierReader;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.ledger.export.OpenedMessage;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole play of sealed records, through every floor: clients as people have them talk in a
/// record room of a running server; a case about it is asked for, approved, logged and witnessed;
/// its dossier is opened by custodians with their own program; the export is checked by a program
/// that trusts nobody. Run by `./dev conformance`, with a hundred messages, and by `./dev records`,
/// with a thousand: `-Dgroups=outside -DexcludedGroups= -Dchancery.web=FOLDER`.
@Tag("outside")
class WholePlayTest {
    private static final int MESSAGES = Integer.getInteger("chancery.messages", 100);
    private static final String[] QUORUM = {"ada", "cleo", "eve"};

    @TempDir static Path folder;
    private static final Figures FIGURES = new Figures("whole");
    private static RecordHouse house;
    private static JsonObject told;

    /// Cases about all that was said in the room, about the first half of it, and about another
    /// room; and what was released for each.
    private static RecordHouse.Handed whole;

    private static RecordHouse.Handed half;
    private static RecordHouse.Handed elsewhere;
    private static List<String> quorum;
    private static List<String> quorumOfHalf;
    private static List<String> quorumElsewhere;
    private static ReadExport export;
    private static ReadExport exportOfHalf;

    @BeforeAll
    static void people_talk_and_a_quorum_opens_it() throws Exception {
        long began = System.currentTimeMillis();
        house = new RecordHouse(folder, 8);
        told = talk();
        FIGURES.take("talk_ms", System.currentTimeMillis() - began);
        half = house.hand("half", RecordHouse.part(room(), began, turned()));
        whole = house.hand("whole", RecordHouse.part(room(), began, later()));
        elsewhere = house.hand("elsewhere", RecordHouse.part(text("pair"), began, later()));
        quorum = house.release(whole, QUORUM);
        quorumOfHalf = house.release(half, QUORUM);
        quorumElsewhere = house.release(elsewhere, QUORUM);
        long opening = System.currentTimeMillis();
        export = new ReadExport(house.export(whole, quorum), house.policy());
        FIGURES.take("open_log_and_seal_ms", System.currentTimeMillis() - opening);
        exportOfHalf = new ReadExport(house.export(half, quorumOfHalf), house.policy());
        house.stop();
    }

    private static JsonObject talk() throws Exception {
        List<JsonObject> people = new ArrayList<>();
        for (String name : List.of("alice", "bob", "carol", "dave")) {
            people.add(house.session(name));
        }
        return house.play(
                "whole.mjs",
                JsonObject.of("people", JsonArray.of(people))
                        .with("password", RecordHouse.PASSWORD)
                        .with("admin", house.adminToken())
                        .with("messages", MESSAGES));
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        FIGURES.write();
    }

    @Test
    void all_that_was_sent_is_in_the_export_from_who_sent_it_and_the_verifier_says_yes()
            throws Exception {
        List<JsonObject> sent = told.array("sent").orElseThrow().objects();
        Map<String, String> expected = new HashMap<>();
        Set<String> files = new HashSet<>();
        for (JsonObject one : sent) {
            String keys = text(one, "ed25519") + " " + text(one, "curve25519") + " unchanged ";
            expected.put(
                    text(one, "event_id"), text(one, "sender") + " " + keys + text(one, "body"));
            one.string("sha256").ifPresent(files::add);
        }

        assertEquals(MESSAGES, sent.size());
        assertEquals(List.of(), export.opened().unread());
        assertEquals(expected, attributed());
        assertEquals(files, export.attachments());
        assertEquals(List.of(), export.opened().files());
        assertEquals(Map.of(), export.completeness().missing());
        assertEquals(List.of(), export.completeness().silences());
        assertEquals(MESSAGES, export.opened().encrypted());
        String members = Files.readString(export.folder().resolve("room/members.jsonl"));
        assertTrue(members.contains("@dave:hs1") && members.contains("\"leave\""), members);
        long verifying = System.currentTimeMillis();
        export.assertVerified();
        FIGURES.take("verify_ms", System.currentTimeMillis() - verifying);
        tell(sent, files.size());
    }

    /// Of each message who sent it, by the signed event, with which keys, and what.
    private static Map<String, String> attributed() throws Exception {
        Map<String, String> senders = new HashMap<>();
        for (JsonObject event : export.events()) {
            Pdu pdu = Pdu.parse(event, RoomVersion.V12);
            senders.put(pdu.eventId().value(), pdu.sender().toString());
        }
        Map<String, String> attributed = new HashMap<>();
        for (Map.Entry<String, OpenedMessage> one : export.messages().entrySet()) {
            OpenedMessage.Sender by = one.getValue().sender();
            assertTrue(by.olm());
            JsonObject content = one.getValue().plain().object("content").orElseThrow();
            attributed.put(
                    one.getKey(),
                    String.join(
                            " ",
                            senders.get(one.getKey()),
                            by.ed25519(),
                            by.curve25519(),
                            by.identity().toString(),
                            text(content, "body")));
        }
        return attributed;
    }

    private static void tell(List<JsonObject> sent, int files) throws Exception {
        DossierReader dossier = DossierReader.open(new DossierOnDisk(whole.dossier()));
        DossierIndex.Room counts = dossier.room(0).counts();
        FIGURES.take("messages", sent.size());
        FIGURES.take("files", files);
        FIGURES.take(
                "edits", sent.stream().filter(one -> text(one, "body").startsWith("* ")).count());
        FIGURES.take("redactions", told.array("redacted").orElseThrow().size());
        FIGURES.take("exported", export.messages().size());
        FIGURES.take("events_of_the_room", counts.events());
        FIGURES.take("olm_messages", counts.inbox());
        FIGURES.take("room_leaves", counts.leaves());
        FIGURES.take("files_of_the_export", export.paths().size());
    }

    @Test
    void what_is_outside_the_while_of_a_case_is_not_opened_for_it() throws Exception {
        Set<String> said = ids(1);

        exportOfHalf.assertVerified();
        assertEquals(said, exportOfHalf.messages().keySet());
        assertEquals(said.size(), exportOfHalf.opened().encrypted());
    }

    @Test
    void two_of_five_open_nothing() throws Exception {
        var ended = house.custodians.open(whole.dossier(), "two", quorum.subList(0, 2));

        ended.refused("2 custodians released their shares; it takes 3");
        assertFalse(Files.exists(house.custodians.file("two")));
    }

    @Test
    void what_was_released_for_another_room_or_another_while_opens_nothing() throws Exception {
        for (List<String> others : List.of(quorumElsewhere, quorumOfHalf)) {
            var ended = house.custodians.open(whole.dossier(), "other", others);

            assertTrue(ended.exit() != 0, ended.out());
            assertFalse(Files.exists(house.custodians.file("other")));
        }
    }

    @Test
    void the_keys_of_another_room_and_of_another_term_read_nothing() throws Exception {
        OpenedByHand hand = new OpenedByHand(house.custodians);

        Set<String> byTerm = hand.read(half, quorumOfHalf, whole.dossier(), true);
        Set<String> byRoom = hand.read(elsewhere, quorumElsewhere, whole.dossier(), true);
        Set<String> byRight = hand.read(whole, quorum, whole.dossier(), false);

        assertEquals(ids(1), byTerm, "its own term and none of the next");
        assertEquals(Set.of(), byRoom);
        assertEquals(MESSAGES, byRight.size());
    }

    @Test
    void one_flipped_bit_anywhere_in_the_export_or_its_proofs_is_found_and_named()
            throws Exception {
        List<String> missed = new ArrayList<>();

        int flipped = export.flipEverywhere(missed);

        assertEquals(List.of(), missed);
        export.assertVerified();
        FIGURES.take("bits_flipped_in_the_export", flipped);
        FIGURES.take("of_these_found_and_named", flipped - missed.size());
    }

    @Test
    void one_flipped_bit_in_log_or_archive_is_found_by_fsck() throws Exception {
        FlippedData data = new FlippedData(house);
        List<String> missed = new ArrayList<>();

        String before = house.fsck();
        int inLog = data.flipLog(missed);
        int inArchive = data.flipArchive(missed);

        assertTrue(before.startsWith("0 "), before);
        assertEquals(List.of(), missed);
        assertEquals(before, house.fsck());
        FIGURES.take("bits_flipped_in_log_and_archive", inLog + inArchive);
        FIGURES.take("of_these_found_by_fsck", inLog + inArchive - missed.size());
    }

    private static Set<String> ids(int half) {
        Set<String> ids = new HashSet<>();
        for (JsonObject one : told.array("sent").orElseThrow().objects()) {
            if (one.integer("half").orElseThrow() == half) {
                ids.add(text(one, "event_id"));
            }
        }
        return ids;
    }

    private static String room() {
        return text("room");
    }

    private static long turned() {
        return told.integer("turned").orElseThrow();
    }

    private static long later() {
        return Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
    }

    private static String text(String name) {
        return text(told, name);
    }

    private static String text(JsonObject json, String name) {
        return json.string(name).orElseThrow();
    }
}
