package org.chancery.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.chancery.app.scan.Finder;
import org.chancery.app.scan.Finds;
import org.chancery.app.scan.KeptChance;
import org.chancery.app.scan.KeptSecrets;
import org.chancery.app.scan.Needles;
import org.chancery.app.scan.ProcessMemory;
import org.chancery.app.scan.ServerProcess;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.custody.files.StockFolder;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Root on the server: all of its files and all of its memory, at four moments of the life of a
/// record, and its backups, are searched for every word that was said in secret and for each run of
/// every key and share of the archive. The same search must find what the server rightly knows.
/// Run as [WholePlayTest] is.
@Tag("outside")
class CanaryPlayTest {
    private static final int MESSAGES = Integer.getInteger("chancery.messages", 100);
    private static final List<String> HOLDERS = List.of("ada", "ben", "cleo", "dan", "eve");
    private static final List<String> MOMENTS = List.of("bound", "talking", "handed", "opened");
    private static final String WORDS = "said in a chat for which there is no encryption";

    /// Before the name of what a server rightly knows: it must be found.
    private static final String KNOWN = "known: ";

    @TempDir static Path folder;
    private static final Figures FIGURES = new Figures("canaries");
    private static final Needles NEEDLES = new Needles();

    /// The server, each time it was started.
    private static final List<ServerProcess> STARTED = new ArrayList<>();

    private static RecordHouse house;
    private static FrontDoor.User paul;
    private static String chat;
    private static Path draws;
    private static Path export;
    private static Finder finder;
    private static Optional<ProcessMemory.Way> way;

    @BeforeAll
    static void a_record_lives_and_somebody_takes_all_that_the_server_has() throws Exception {
        Instant began = Instant.now();
        Path home = Files.createDirectories(folder.resolve("home"));
        draws = folder.resolve("draws");
        Path chance = folder.resolve("java.security");
        Custodians custodians = new Custodians(home, KeptChance.options(chance, draws));
        house = new RecordHouse(folder, 3, CanaryPlayTest::start, custodians);
        way = ProcessMemory.way(STARTED.getLast().pid());
        paul = house.server().user("paul");
        chat = paul.room("{\"preset\":\"private_chat\"}");
        paul.say(chat, WORDS);
        JsonObject told = talk();
        String room = told.string("room").orElseThrow();
        long later = Instant.now().plus(Duration.ofHours(1)).toEpochMilli();
        RecordHouse.Handed handed =
                house.hand("case", RecordHouse.part(room, began.toEpochMilli(), later));
        take("handed");
        export = house.export(handed, house.release(handed, "ada", "cleo", "eve"));
        take("opened");
        backUp(house.data(), folder.resolve("backup-running"));
        house.stop();
        copy(house.data(), folder.resolve("backup-stopped"));
        finder = know(told);
    }

    private static FrontDoor start(Path data, String... options) throws Exception {
        STARTED.add(new ServerProcess(folder.resolve("said"), FrontDoor.words(data, options)));
        return new FrontDoor(STARTED.getLast());
    }

    private static JsonObject talk() throws Exception {
        List<JsonObject> people = new ArrayList<>();
        for (String name : List.of("alice", "bob", "carol")) {
            people.add(house.session(name));
        }
        return RecordHouse.play(
                house.server(),
                folder.resolve("told"),
                "canary.mjs",
                JsonObject.of("people", JsonArray.of(people)).with("messages", MESSAGES),
                line -> {
                    if (MOMENTS.contains(line)) {
                        take(line);
                    }
                });
    }

    /// A moment: what is on the disk, and what is in the memory just after somebody used a token.
    private static void take(String moment) throws Exception {
        paul.get(FrontDoor.rooms(chat) + "/messages?dir=b").ok();
        if (way.isPresent()) {
            ProcessMemory.take(
                    way.get(), STARTED.getLast().pid(), folder.resolve("memory-" + moment));
        }
        copy(house.data(), folder.resolve("disk-" + moment));
        Files.copy(folder.resolve("said"), folder.resolve("disk-" + moment).resolve("said"));
    }

    /// All that is looked for.
    private static Finder know(JsonObject told) throws Exception {
        Path home = folder.resolve("home");
        KeptSecrets.ofStock(home, HOLDERS, Custodians.PASSWORD, NEEDLES);
        KeptSecrets.drawn(draws, NEEDLES);
        for (JsonObject one : told.array("secrets").orElseThrow().objects()) {
            byte[] bytes = Base64.getDecoder().decode(one.string("bytes").orElseThrow());
            NEEDLES.secret(one.string("name").orElseThrow(), bytes);
        }
        for (JsonObject one : told.array("texts").orElseThrow().objects()) {
            NEEDLES.text(one.string("name").orElseThrow(), one.string("text").orElseThrow());
        }
        FIGURES.take("needles", NEEDLES.size());
        FIGURES.take("forms", NEEDLES.forms());
        for (String clear : told.array("clear").orElseThrow().strings()) {
            NEEDLES.text(KNOWN + "reaction " + clear, clear);
        }
        NEEDLES.text(KNOWN + "chat", WORDS);
        NEEDLES.text(KNOWN + "token", paul.token);
        StockFolder stock = StockFolder.open(home.resolve("stock/public"));
        ArchiveDevice device = stock.identity(1).devices().getFirst();
        NEEDLES.secret(KNOWN + "public key", device.curve25519().bytes());
        return new Finder(NEEDLES);
    }

    @AfterAll
    static void close() throws Exception {
        house.close();
        FIGURES.write();
    }

    @Test
    void what_is_looked_for_is_what_custodians_drew_and_what_people_said() throws Exception {
        Finds drawn = new Finds();
        Finds opened = new Finds();

        finder.look(draws, drawn);
        finder.look(export, opened);

        assertEquals(Set.of(), missing(drawn, "container key"));
        for (String kind : List.of("message", "edit", "name", "line", "bytes of a file")) {
            assertEquals(Set.of(), missing(opened, kind));
        }
        assertTrue(named("message").size() > MESSAGES / 2);
        assertTrue(named("private key").size() >= 3 * named("container key").size());
        assertEquals(HOLDERS.size() * named("container key").size(), named("share").size());
        assertTrue(named("Megolm session").size() >= 3);
    }

    @Test
    void nothing_secret_is_on_the_disk_at_any_moment() throws Exception {
        long bytes = 0;
        long known = 0;
        for (String moment : MOMENTS) {
            Finds finds = new Finds();

            finder.look(folder.resolve("disk-" + moment), finds);

            assertNothingSecret(moment, finds);
            assertEquals(Set.of(), missing(finds, KNOWN + "chat"));
            assertEquals(Set.of(), missing(finds, KNOWN + "public key"));
            bytes += finds.bytes();
            known += finds.count();
        }
        FIGURES.take("moments", MOMENTS.size());
        FIGURES.take("bytes_of_disk", bytes);
        FIGURES.take("found_on_disk_of_what_is_known", known);
        FIGURES.take("found_on_disk_of_what_is_secret", 0);
    }

    @Test
    void nothing_secret_is_in_the_memory_at_any_moment() throws Exception {
        assumeTrue(way.isPresent(), "NOT DONE: this user may not read the memory of a process");
        long bytes = 0;
        long known = 0;
        for (String moment : MOMENTS) {
            Path memory = folder.resolve("memory-" + moment);
            Finds finds = new Finds();

            finder.look(memory, finds);
            Files.delete(memory);

            assertNothingSecret(moment, finds);
            assertEquals(Set.of(), missing(finds, KNOWN + "chat"), moment);
            assertEquals(Set.of(), missing(finds, KNOWN + "token"), moment);
            bytes += finds.bytes();
            known += finds.count();
        }
        FIGURES.take("bytes_of_memory", bytes);
        FIGURES.take("found_in_memory_of_what_is_known", known);
        FIGURES.take("found_in_memory_of_what_is_secret", 0);
    }

    @Test
    void nothing_secret_is_in_a_backup_and_a_server_starts_from_it() throws Exception {
        long bytes = 0;
        for (String name : List.of("backup-running", "backup-stopped")) {
            Path backup = folder.resolve(name);
            Finds finds = new Finds();

            finder.look(backup, finds);
            String checked = house.fsck(backup);
            try (FrontDoor again = house.start(backup)) {
                String page = FrontDoor.rooms(chat) + "/messages?dir=b";
                String read = again.send("GET", page, "", paul.token).ok().toString();
                assertTrue(read.contains(WORDS), read);
            }

            assertNothingSecret(name, finds);
            for (String known : List.of("chat", "public key", "reaction")) {
                assertEquals(Set.of(), missing(finds, KNOWN + known));
            }
            assertTrue(checked.startsWith("0 "), checked);
            bytes += finds.bytes();
        }
        FIGURES.take("bytes_of_backups", bytes);
        FIGURES.take("found_in_backups_of_what_is_secret", 0);
    }

    private static void assertNothingSecret(String where, Finds finds) {
        Map<String, String> secret = new TreeMap<>(finds.places());
        secret.keySet().removeIf(name -> name.startsWith(KNOWN));
        assertEquals(Map.of(), secret, where);
    }

    private static Set<String> named(String start) {
        return NEEDLES.names().stream()
                .filter(name -> name.startsWith(start))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What of these was not found.
    private static Set<String> missing(Finds finds, String start) {
        Set<String> missing = named(start);
        assertTrue(!missing.isEmpty(), "nothing is called " + start);
        missing.removeAll(finds.needles());
        return missing;
    }

    /// A backup of a running server, as `docs/backup.md` tells it: first the database, then all
    /// else.
    private static void backUp(Path data, Path backup) throws Exception {
        Files.createDirectories(backup);
        try (Connection database =
                        DriverManager.getConnection("jdbc:sqlite:" + data.resolve("chancery.db"));
                Statement statement = database.createStatement()) {
            statement.executeUpdate("backup to " + backup.resolve("chancery.db"));
        }
        try (Stream<Path> files = Files.walk(data)) {
            for (Path file : files.toList()) {
                if (!String.valueOf(file.getFileName()).startsWith("chancery.db")) {
                    copyOne(data, file, backup);
                }
            }
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                copyOne(from, file, to);
            }
        }
    }

    private static void copyOne(Path from, Path file, Path to) throws IOException {
        Path place = to.resolve(from.relativize(file));
        if (Files.isDirectory(file)) {
            Files.createDirectories(place);
        } else if (Files.exists(file)) {
            Files.copy(file, place, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }
}
