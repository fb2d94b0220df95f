package org.chancery.custody.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.custody.command.House.PASSWORD;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.RehearsalEntry;
import org.chancery.archive.entry.ShareCheckEntry;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.order.SealedShares;
import org.chancery.custody.command.House.Ended;
import org.chancery.custody.seal.SigningKey;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Every verb of `chancery ceremony`.
class CeremonyProgramTest {
    private static final String STOCK = "stock";
    private static final int IDENTITIES = 6;

    @TempDir static Path folder;
    private static House house;

    @BeforeAll
    static void holdACeremony() throws Exception {
        house = new House(folder);
        for (var person : new TreeMap<>(house.houses()).entrySet()) {
            house.makeKey(person.getKey(), person.getValue());
        }
        house.makeKey("Desk", "City");
        house.makeKey("Server", "City");
        makeStock(STOCK, 5, fingerprint("ada"), fingerprint("dan")).ok();
        house.log(folder.resolve(STOCK).resolve("public").resolve("stock.json"), "proof");
    }

    private static String fingerprint(String name) throws Exception {
        return house.card(name).fingerprint();
    }

    private static Ended makeStock(String out, int rooms, String... typed) throws Exception {
        return house.run(List.of(typed), stockWords(out, rooms));
    }

    private static String[] stockWords(String out, int rooms) {
        List<String> words = new ArrayList<>(List.of("make-stock", "--server-name", "example.org"));
        for (String name : List.of("ada", "ben", "cleo", "dan", "eve")) {
            words.addAll(List.of("--card", name + ".card"));
        }
        words.addAll(List.of("--k", "3", "--identities", String.valueOf(rooms)));
        words.addAll(List.of("--rehearsals", "1", "--quarters", "2", "--spares", "1"));
        words.addAll(List.of("--present", "Ada", "--present=Dan", "--out", out));
        return words.toArray(new String[0]);
    }

    @Test
    void a_stock_has_a_public_part_and_a_folder_for_each_custodian() throws Exception {
        StockEntry stock = assertInstanceOf(StockEntry.class, entry(STOCK + "/public/stock.json"));

        assertEquals(IDENTITIES, stock.identities());
        assertEquals(List.of(house.card("ada").id(), house.card("dan").id()), stock.present());
        try (Stream<Path> shares = Files.list(folder.resolve(house.shares(STOCK, "eve")))) {
            assertEquals(IDENTITIES, shares.count());
        }
        assertEquals("rw-------", permissions("ada"));
    }

    @Test
    void a_ceremony_without_two_who_are_who_they_say_leaves_nothing() throws Exception {
        String wrong = fingerprint("ben");

        makeStock("none", 1, fingerprint("ada"), wrong, wrong, wrong)
                .refused("The card of Dan is not the card that they know as theirs");
        Ended alone = makeStock("none", 1, fingerprint("ada"));

        assertEquals(2, alone.exit(), alone.err());
        assertFalse(Files.exists(folder.resolve("none")));
        assertFalse(Files.exists(folder.resolve("none.unfinished")));
    }

    @Test
    void a_ceremony_that_is_killed_leaves_no_stock() throws Exception {
        Process process =
                house.start(
                        List.of(fingerprint("ada"), fingerprint("dan")),
                        Redirect.PIPE,
                        stockWords("killed", 50_000));
        boolean begun;
        try (BufferedReader told = process.errorReader(UTF_8)) {
            begun = told.lines().anyMatch(line -> line.startsWith("Made 10 of"));
            process.destroyForcibly().waitFor();
        }

        assertTrue(begun);
        assertFalse(Files.exists(folder.resolve("killed")));
        check("killed.unfinished", "ada", house.shares("killed.unfinished", "ada"))
                .refused("there is no stock in");
    }

    @Test
    void a_custodian_counts_their_shares_and_signs() throws Exception {
        Ended checked = check(STOCK, "ben", house.shares(STOCK, "ben")).ok();

        assertEquals("18 good, 0 bad\n", checked.out());
        ShareCheckEntry entry = assertInstanceOf(ShareCheckEntry.class, entry("check-ben"));
        assertTrue(entry.isSignedBy(house.card("ben"), SigningKey.verifier()));
        assertFalse(entry.isSignedBy(house.card("ada"), SigningKey.verifier()));
    }

    @Test
    void a_corrupt_share_is_named_by_its_digest() throws Exception {
        Path own = folder.resolve(house.shares(STOCK, "eve"));
        Path copy = copied(own, "corrupt");
        SealedShares file = SealedShares.parse(Files.readAllBytes(copy.resolve("00002.json")));
        String old = file.shares().get(1).ciphertext();
        String corrupt = (old.charAt(0) == 'A' ? 'B' : 'A') + old.substring(1);
        Files.writeString(
                copy.resolve("00002.json"), new String(file.bytes(), UTF_8).replace(old, corrupt));

        Ended checked = check(STOCK, "eve", "corrupt").refused("Not every share is whole");

        assertEquals("17 good, 1 bad\n", checked.out());
        ShareCheckEntry entry = assertInstanceOf(ShareCheckEntry.class, entry("check-eve"));
        assertTrue(checked.err().contains(entry.bad().getFirst().value()));
    }

    @Test
    void somebody_elses_shares_and_a_wrong_password_are_refused() throws Exception {
        check(STOCK, "cleo", house.shares(STOCK, "dan")).refused("is somebody else's");
        house.run(
                        List.of("not the password"),
                        "check-shares",
                        "--stock",
                        STOCK + "/public",
                        "--shares",
                        house.shares(STOCK, "dan"),
                        "--key",
                        "dan",
                        "--out",
                        "never")
                .refused("the password is not that of the key file");
        check(STOCK, "server", house.shares(STOCK, "dan")).refused("Server holds no share");
    }

    @Test
    void a_tenth_is_chosen_by_what_came_after_opened_by_three_and_found_good() throws Exception {
        house.order("tenth", STOCK, "desk", "tenth").ok();
        house.sign("tenth", STOCK, "desk", "ada").ok();
        house.sign("tenth", STOCK, "desk", "eve").ok();
        Ended chosen =
                house.run(
                                List.of(),
                                "challenge",
                                "--order",
                                "tenth",
                                "--stock",
                                STOCK + "/public",
                                "--policy",
                                "policy")
                        .ok();
        List<String> releases = new ArrayList<>();
        for (String who : List.of("ada", "ben", "dan")) {
            house.release("tenth", STOCK, who, "tenth-" + who).ok();
            releases.add("tenth-" + who);
        }

        Ended tooFew =
                house.desk("open-tenth", "tenth", STOCK, releases.subList(0, 2), "--out", "few");
        Ended opened = house.desk("open-tenth", "tenth", STOCK, releases, "--out", "opened").ok();

        tooFew.refused("2 custodians released their shares; it takes 3");
        assertFalse(Files.exists(folder.resolve("few")));
        assertEquals("1 opened, 0 faults\n", opened.out());
        TenthEntry entry = assertInstanceOf(TenthEntry.class, entry("opened"));
        assertTrue(entry.isSound());
        assertEquals(Choice.of(house.read("tenth"), IDENTITIES), entry.opened());
        assertEquals(entry.opened().getFirst() + "\n", chosen.out());
        house.order("tenth", STOCK, "desk", "again").ok();
        house.sign("again", STOCK, "desk", "ada").ok();
        house.sign("again", STOCK, "desk", "eve").ok();
        house.release("again", STOCK, "ada", "again-ada")
                .refused("a tenth of this stock was released before");
    }

    @Test
    void a_server_that_asks_with_its_own_key_gets_no_share() throws Exception {
        house.order("reshare", STOCK, "server", "forged").ok();
        house.release("forged", STOCK, "ada", "forged-ada").refused("no two custodians");
        house.sign("forged", STOCK, "server", "ada").ok();
        house.release("forged", STOCK, "ada", "forged-ada").refused("no two custodians");
        house.sign("forged", STOCK, "desk", "eve").refused("another key than this desk's");
        house.order("reshare", STOCK, "desk", "honest").ok();
        house.sign("honest", STOCK, "desk", "ada").ok();
        house.sign("honest", STOCK, "desk", "eve").ok();
        Order honest = house.read("honest");
        String turned =
                new String(honest.bytes(), UTF_8)
                        .replace(honest.desk().value(), house.card("server").sealing().value());
        Files.writeString(folder.resolve("turned"), turned);

        house.release("turned", STOCK, "ada", "turned-ada").refused("does not hold");

        assertFalse(Files.exists(folder.resolve("forged-ada")));
        assertFalse(Files.exists(folder.resolve("turned-ada")));
    }

    @Test
    void a_stock_that_is_proved_by_no_log_that_is_pinned_is_refused() throws Exception {
        house.forge("forged-proof");

        house.run(
                        List.of(),
                        "order",
                        "--purpose=tenth",
                        "--stock=" + STOCK + "/public",
                        "--desk=desk.card",
                        "--proof=forged-proof",
                        "--reason=none",
                        "--out=unpinned")
                .ok();
        house.sign("unpinned", STOCK, "desk", "ada").refused("not proved to be logged");
    }

    @Test
    void a_rehearsal_opens_a_rehearsal_identity_and_no_other() throws Exception {
        house.order("rehearsal", STOCK, "desk", "real", "--identity", "1").ok();
        house.sign("real", STOCK, "desk", "ben").ok();
        house.sign("real", STOCK, "desk", "dan").ok();
        house.release("real", STOCK, "ada", "real-ada").refused("identity 1 is not for rehearsals");
        house.order("rehearsal", STOCK, "desk", "play", "--identity", "6").ok();
        house.sign("play", STOCK, "desk", "ben").ok();
        house.sign("play", STOCK, "desk", "dan").ok();
        List<String> releases = new ArrayList<>();
        for (String who : List.of("cleo", "dan", "eve")) {
            house.release("play", STOCK, who, "play-" + who).ok();
            releases.add("play-" + who);
        }

        Ended played = house.desk("rehearse", "play", STOCK, releases, "--out", "played").ok();

        assertEquals("75 of 75 messages read\n", played.out());
        RehearsalEntry entry = assertInstanceOf(RehearsalEntry.class, entry("played"));
        assertEquals(3, entry.took().size());
    }

    @Test
    void a_custodian_is_replaced_by_splitting_the_keys_anew() throws Exception {
        House other = new House(Files.createDirectory(folder.resolve("other")));
        for (var person : new TreeMap<>(other.houses()).entrySet()) {
            other.makeKey(person.getKey(), person.getValue());
        }
        other.makeKey("Fay", "Court");
        other.makeKey("Desk", "City");
        List<String> typed =
                List.of(other.card("ada").fingerprint(), other.card("dan").fingerprint());
        other.run(typed, stockWords(STOCK, 1)).ok();
        Path stock = other.folder.resolve(STOCK).resolve("public");
        other.log(stock.resolve("stock.json"), "proof");
        other.order("reshare", STOCK, "desk", "reshare").ok();
        other.sign("reshare", STOCK, "desk", "ada").ok();
        other.sign("reshare", STOCK, "desk", "eve").ok();
        List<String> releases = new ArrayList<>();
        for (String who : List.of("ada", "cleo", "dan")) {
            other.release("reshare", STOCK, who, "r-" + who).ok();
            releases.add("r-" + who);
        }
        List<String> words = new ArrayList<>(List.of("--k", "3", "--out", "next"));
        for (String name : List.of("ada", "ben", "cleo", "dan", "fay")) {
            words.addAll(List.of("--card", name + ".card"));
        }

        Ended split =
                other.desk("reshare", "reshare", STOCK, releases, words.toArray(new String[0]));

        assertEquals("2\n", split.ok().out());
        Ended fay = check(other, STOCK, "fay", other.shares("next", "fay")).ok();
        assertEquals("6 good, 0 bad\n", fay.out());
        check(other, STOCK, "eve", other.shares(STOCK, "eve")).refused("Eve holds no share");
        check(other, STOCK, "ada", other.shares(STOCK, "ada")).refused("is somebody else's");
        other.log(stock.resolve("reshare-2.json"), "proof");
        other.release("reshare", STOCK, "ada", "late").refused("not proved to be logged");
    }

    @Test
    void the_program_does_it_as_a_process_too() throws Exception {
        Ended made =
                house.runProcess(
                                List.of(PASSWORD, PASSWORD),
                                "custodian-key",
                                "--name=Gus",
                                "--organisation=Court",
                                "--out=gus")
                        .ok();
        Ended refused =
                house.runProcess(
                        List.of("another pass phrase"),
                        "check-shares",
                        "--stock=" + STOCK + "/public",
                        "--shares=" + house.shares(STOCK, "dan"),
                        "--key=gus",
                        "--out=never");

        assertEquals(house.card("gus").fingerprint() + "\n", made.out());
        refused.refused("the password is not that of the key file");
        assertEquals("rw-------", permissions("gus"));
        assertEquals(2, house.runProcess(List.of(), "what").exit());
    }

    @Test
    void what_is_no_command_is_told_with_the_way_to_the_help() throws Exception {
        Ended unknown = house.run(List.of(), "open-everything");
        Ended option = house.run(List.of(), "challenge", "--force", "yes");
        Ended missing = house.run(List.of(), "challenge");
        Ended help = house.run(List.of(), "--help").ok();

        for (Ended ended : List.of(unknown, option, missing)) {
            assertEquals(2, ended.exit());
            assertTrue(ended.err().contains("chancery ceremony --help"), ended.err());
        }
        assertTrue(help.out().contains("make-stock"));
    }

    private static String permissions(String file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(file)));
    }

    private static Ended check(String stock, String who, String shares) throws Exception {
        return check(house, stock, who, shares);
    }

    private static Ended check(House house, String stock, String who, String shares)
            throws Exception {
        Files.deleteIfExists(house.folder.resolve("check-" + who));
        return house.run(
                List.of(PASSWORD),
                "check-shares",
                "--stock",
                stock + "/public",
                "--shares",
                shares,
                "--key",
                who,
                "--out",
                "check-" + who);
    }

    private static LogEntry entry(String file) throws Exception {
        return LogEntry.parse(Files.readAllBytes(folder.resolve(file)));
    }

    private static Path copied(Path from, String name) throws Exception {
        Path to = Files.createDirectory(folder.resolve(name));
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
        return to;
    }
}
