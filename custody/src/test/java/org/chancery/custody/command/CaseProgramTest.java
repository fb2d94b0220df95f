package org.chancery.custody.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.chancery.archive.entry.CaseEntry;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.stock.Custodian;
import org.chancery.custody.command.House.Ended;
import org.chancery.custody.files.DossierOnDisk;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.opening.TestRecord;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.ledger.export.ExportLayout;
import org.chancery.protocol.id.UserId;
import org.chancery.verifier.Main;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A case as people carry it through: signed, logged, released, opened, sealed, checked.
class CaseProgramTest {
    private static final UserId ANA = UserId.parse("@ana:example.org");
    private static final int MESSAGES = 60;

    @TempDir static Path folder;
    private static House house;
    private static TestRecord record;

    @BeforeAll
    static void a_case_is_logged_and_released() throws Exception {
        house = new House(folder);
        List<String> ceremony =
                new ArrayList<>(
                        List.of(
                                "make-stock",
                                "--server-name",
                                "example.org",
                                "--k",
                                "3",
                                "--identities",
                                "2",
                                "--quarters",
                                "1",
                                "--spares",
                                "1",
                                "--first",
                                "2026Q4",
                                "--out",
                                "stock",
                                "--present",
                                "Ada",
                                "--present",
                                "Dan"));
        List<String> typed = new ArrayList<>();
        for (String name : List.of("Ada", "Ben", "Cleo", "Dan", "Eve")) {
            String fingerprint = house.makeKey(name, house.houses().getOrDefault(name, "City"));
            ceremony.addAll(List.of("--card", name.toLowerCase(Locale.ROOT) + ".card"));
            if (name.equals("Ada") || name.equals("Dan")) {
                typed.add(fingerprint);
            }
        }
        house.makeKey("Reading", "Archive");
        house.run(typed, ceremony.toArray(new String[0])).ok();
        record = new TestRecord(StockFolder.open(folder.resolve("stock/public")).identity(1));
        Files.writeString(folder.resolve("policy"), record.log.policyText());
        write(record.rita, "rita.card");
        write(record.anton, "anton.card");
        talkAndHand();
        for (String name : List.of("ada", "ben", "eve")) {
            release(name, "rita.card").ok();
        }
    }

    @AfterAll
    static void close() {
        record.close();
    }

    private static void write(HolderKeys officer, String card) throws Exception {
        Files.write(folder.resolve(card), officer.signedCard());
    }

    private static void talkAndHand() throws Exception {
        record.share(ANA);
        for (int i = 0; i < MESSAGES; i++) {
            record.write(ANA, "message " + i);
        }
        record.endHour();
        Custodian reading = house.card("reading");
        CaseEntry entry = record.approved(reading.sealing(), record.device().id());
        record.hand(entry, new DossierOnDisk(folder.resolve("dossier")));
    }

    private static Ended release(String name, String officer) throws Exception {
        return house.runCase(
                List.of(House.PASSWORD),
                "release",
                "--case",
                "dossier",
                "--stock",
                "stock/public",
                "--policy",
                "policy",
                "--officer",
                officer,
                "--officer",
                "anton.card",
                "--reading-room",
                "reading.card",
                "--shares",
                house.shares("stock", name),
                "--key",
                name,
                "--out",
                "released-" + name);
    }

    private static String[] opening(String out, String... releases) {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "open",
                                "--dossier",
                                "dossier",
                                "--stock",
                                "stock/public",
                                "--policy",
                                "policy",
                                "--officer",
                                "rita.card",
                                "--officer",
                                "anton.card",
                                "--key",
                                "reading",
                                "--out",
                                out));
        for (String release : releases) {
            words.addAll(List.of("--release", "released-" + release));
        }
        return words.toArray(new String[0]);
    }

    @Test
    void three_releases_open_and_the_sealed_export_is_verified() throws Exception {
        Ended opened =
                house.runCase(List.of(House.PASSWORD), opening("out", "ada", "ben", "eve")).ok();
        proof("out/to-log/000-export.json", "export.proof");
        proof("out/to-log/000-pieces.json", "pieces.proof");
        Ended sealed =
                house.runCase(
                        List.of(),
                        "seal",
                        "--export",
                        "out/000",
                        "--proof",
                        "export.proof",
                        "--pieces-proof",
                        "pieces.proof",
                        "--policy",
                        "policy");
        StringBuilder said = new StringBuilder();
        String[] args = {folder.resolve("out/000").toString(), folder.resolve("policy").toString()};

        assertTrue(opened.out().contains("60 of 60 read, 60 exported"), opened.out());
        sealed.ok();
        assertEquals(0, Main.run(args, said), said.toString());
    }

    private static void proof(String leaf, String proof) throws Exception {
        byte[] bytes = Files.readAllBytes(folder.resolve(leaf));
        Files.writeString(folder.resolve(proof), record.log.log(bytes));
    }

    @Test
    void two_releases_do_not_open_and_leave_nothing() throws Exception {
        Ended ended = house.runCase(List.of(House.PASSWORD), opening("two", "ada", "eve"));

        ended.refused("2 custodians released their shares; it takes 3");
        assertFalse(Files.exists(folder.resolve("two")));
        assertFalse(Files.exists(folder.resolve("two.unfinished")));
    }

    @Test
    void a_custodian_who_knows_other_officers_releases_nothing() throws Exception {
        Files.copy(folder.resolve("reading.card"), folder.resolve("other.card"));

        release("cleo", "other.card").refused("none of those that are pinned");

        assertFalse(Files.exists(folder.resolve("released-cleo")));
    }

    @Test
    void a_release_that_breaks_off_leaves_none_and_can_be_done_anew() throws Exception {
        Path share = folder.resolve(house.shares("stock", "dan")).resolve("00001.json");
        Path draft = folder.resolve("released-dan.unfinished");
        byte[] whole = Files.readAllBytes(share);
        Files.createDirectory(draft);
        Files.write(draft.resolve("half"), new byte[] {1});

        Files.write(share, Arrays.copyOf(whole, whole.length / 2));
        Ended broken = release("dan", "rita.card");
        boolean left = Files.exists(folder.resolve("released-dan"));
        Files.write(share, whole);
        release("dan", "rita.card").ok();

        assertEquals(1, broken.exit(), broken.err());
        assertFalse(left);
        assertFalse(Files.exists(draft));
        assertFalse(Files.exists(folder.resolve("released-dan/half")));
    }

    @Test
    void a_sealing_that_was_killed_between_the_proofs_is_done_anew_and_only_once()
            throws Exception {
        house.runCase(List.of(House.PASSWORD), opening("half", "ada", "ben", "eve")).ok();
        proof("half/to-log/000-export.json", "half.proof");
        proof("half/to-log/000-pieces.json", "half-pieces.proof");
        String[] seal = {
            "seal",
            "--export",
            "half/000",
            "--proof",
            "half.proof",
            "--pieces-proof",
            "half-pieces.proof",
            "--policy",
            "policy"
        };
        Files.copy(
                folder.resolve("half-pieces.proof"),
                folder.resolve("half/000").resolve(ExportLayout.PIECES_PROOF));

        Ended sealed = house.runCase(List.of(), seal);
        Ended again = house.runCase(List.of(), seal);

        sealed.ok();
        again.refused("is sealed already");
    }

    @Test
    void officers_sign_a_draft_each_for_themselves() throws Exception {
        house.makeKey("Rosa", "City");
        CaseEntry draft = record.draft(house.card("rosa").sealing(), record.device().id());
        Files.write(folder.resolve("draft.json"), draft.bytes());

        Ended ended =
                house.runCase(
                        List.of(House.PASSWORD), "sign", "--case", "draft.json", "--key", "rosa");

        ended.refused("that is not the key of Anton");
        LogEntry same = LogEntry.parse(Files.readAllBytes(folder.resolve("draft.json")));
        assertEquals(draft, same);
    }

    @Test
    void an_opening_that_is_killed_leaves_no_export_and_can_be_done_anew() throws Exception {
        Path draft = folder.resolve("killed.unfinished");
        Process process =
                house.startCase(
                        List.of(House.PASSWORD),
                        Redirect.PIPE,
                        opening("killed", "ada", "ben", "eve"));
        try (var err = process.errorReader(UTF_8)) {
            String line = err.readLine();
            while (line != null && !line.startsWith("Logged and witnessed")) {
                line = err.readLine();
            }
            assertTrue(line != null, "the process came to its work");
            process.destroyForcibly();
        }
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));

        assertFalse(Files.exists(folder.resolve("killed")));
        Files.createDirectories(draft.resolve("000"));
        Files.write(draft.resolve("000/half"), new byte[] {1});
        house.runCase(List.of(House.PASSWORD), opening("killed", "ada", "ben", "eve")).ok();
        assertTrue(Files.exists(folder.resolve("killed/000/manifest.json")));
        assertFalse(Files.exists(folder.resolve("killed/000/half")));
        assertFalse(Files.exists(draft));
    }
}
