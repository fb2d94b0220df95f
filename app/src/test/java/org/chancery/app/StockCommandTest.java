package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.chancery.app.FrontDoor.CLIENT;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.archive.entry.StockEntry;
import org.chancery.archive.entry.TenthEntry;
import org.chancery.archive.order.Choice;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Sharing;
import org.chancery.archive.stock.StockId;
import org.chancery.custody.ceremony.CeremonyPlan;
import org.chancery.custody.ceremony.IdentityMaker;
import org.chancery.custody.files.StockFolder;
import org.chancery.custody.seal.HolderKeys;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `chancery stock` with the outcome of a ceremony, against a running server.
class StockCommandTest {
    private static final String PASSWORD = "correct horse";
    private static final SecureRandom RANDOM = new SecureRandom();

    @TempDir Path folder;
    private final List<HolderKeys> holders = new ArrayList<>();
    private FrontDoor server;

    @BeforeEach
    void open() throws Exception {
        server = new FrontDoor(folder.resolve("data"), "--server-name", "hs1");
        String link = Files.readString(folder.resolve("data").resolve("first-admin")).strip();
        String body =
                """
                {"username":"root","password":"correct horse","auth":
                 {"type":"m.login.registration_token","token":"%s"}}\
                """
                        .formatted(link.substring(link.indexOf("token=") + 6));
        server.send("POST", CLIENT + "/register", body, "").ok();
        for (int i = 0; i < 4; i++) {
            holders.add(HolderKeys.drawn("Custodian " + i, i < 2 ? "City" : "Court", RANDOM));
        }
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_stock_is_taken_in_and_given_out_after_its_tenth_was_opened() throws Exception {
        StockEntry entry = ceremony("hs1");
        Order order = order(entry);
        Files.write(folder.resolve("order"), order.bytes());
        Files.write(
                folder.resolve("report"),
                new TenthEntry(
                                entry.stock(),
                                Instant.EPOCH,
                                order.digest(),
                                Choice.of(order, 4),
                                List.of())
                        .bytes());

        Ended first = root("import", "--folder", folder.resolve("stock").toString());
        Ended again = root("import", "--folder", folder.resolve("stock").toString());
        Ended tenth =
                root(
                        "tenth",
                        "--order=" + folder.resolve("order"),
                        "--report=" + folder.resolve("report"));
        Ended listed = root("list");

        assertEquals("whole\n", first.out);
        assertEquals("whole\n", again.out);
        assertEquals("sound\n", tenth.out);
        assertTrue(listed.out.contains("\tsound\t4 of 4 arrived\t0 bound\t1 opened\t"), listed.out);
        assertTrue(listed.err.contains("hold a ceremony"), listed.err);
        JsonObject health = server.send("GET", "/_chancery/health", "", "").ok().json();
        JsonObject warned = health.object("stock").orElseThrow();
        assertEquals(true, warned.bool("warning").orElseThrow());
        assertEquals(true, warned.bool("holders_low").orElseThrow(), "nobody has counted yet");
        assertTrue(warned.integer("left").orElseThrow() >= 2, warned.toString());
    }

    @Test
    void a_stock_for_another_server_and_somebody_who_is_no_administrator_are_refused()
            throws Exception {
        ceremony("hs2");
        server.user("alice");

        Ended foreign = root("import", "--folder", folder.resolve("stock").toString());
        Ended alice = run("alice", "list");

        assertEquals(1, foreign.exit);
        assertTrue(foreign.err.contains("made for another server"), foreign.err);
        assertEquals(1, alice.exit);
    }

    private StockEntry ceremony(String name) throws IOException {
        List<Custodian> custodians = holders.stream().map(HolderKeys::card).toList();
        CeremonyPlan plan =
                new CeremonyPlan(
                        StockId.of(new byte[StockId.BYTES]),
                        new ServerName(name),
                        new Quarter(2026, 4),
                        1,
                        1,
                        3,
                        1,
                        2,
                        custodians);
        IdentityMaker maker = new IdentityMaker(plan, RANDOM);
        StockFolder.Writer writer = new StockFolder.Writer(folder.resolve("stock"));
        for (int number = 1; number <= plan.identities(); number++) {
            IdentityMaker.Made made = maker.make(number);
            writer.add(made.identity(), made.digests());
        }
        StockEntry entry =
                new StockEntry(
                        plan.stock(),
                        plan.server(),
                        Instant.EPOCH,
                        plan.identities(),
                        writer.identitiesDigest(),
                        new Sharing(1, 2, custodians, writer.sharesDigest()),
                        List.of(custodians.getFirst().id(), custodians.getLast().id()));
        writer.finish(entry);
        return entry;
    }

    private Order order(StockEntry entry) {
        HolderKeys first = holders.getFirst();
        HolderKeys last = holders.getLast();
        return new Order(
                        Order.Purpose.TENTH,
                        entry.stock(),
                        1,
                        first.card().sealing(),
                        0,
                        "a test",
                        Instant.EPOCH,
                        "no proof",
                        List.of())
                .signed(first.card().id(), first.signing())
                .signed(last.card().id(), last.signing());
    }

    private record Ended(int exit, String out, String err) {}

    private Ended root(String... words) {
        return run("root", words);
    }

    private Ended run(String as, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new ByteArrayInputStream((PASSWORD + "\n").getBytes(UTF_8)),
                        Optional.empty());
        List<String> args = new ArrayList<>(List.of(words));
        args.addAll(List.of("--as", as, "--server", "http://127.0.0.1:" + server.server().port()));
        int exit = StockCommand.run(args, terminal);
        return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
    }
}
