package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.stock.Custodian;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.merkle.Hash;

/// A whole house with record rooms: a server, a neighbour who witnesses its log, custodians who
/// have
/// held their ceremony and opened a tenth, and officers. Nobody of them but people's clients, and
/// each does what the documentation tells them to, by the two programs.
final class RecordHouse implements AutoCloseable {
    static final String PASSWORD = "correct horse";
    private static final Duration WITNESSED_MAX = Duration.ofSeconds(60);
    private static final String NAME = "hs1";
    private static final String LOG_PROOFS = "/_chancery/admin/v1/log/proofs/";
    private static final int SAID_MAX = 4_000;

    final Custodians custodians;
    private final Path data;
    private final Starter starter;
    private final Path policy;
    private final FrontDoor neighbour;
    private final String witnesses;
    private final String token;
    private FrontDoor server;

    /// How the server is started: in this process or in one of its own.
    interface Starter {
        FrontDoor start(Path data, String... options) throws Exception;
    }

    /// @param identities of the stock, of which the tenth and one for rehearsals get no room
    RecordHouse(Path folder, int identities) throws Exception {
        this(
                folder,
                identities,
                FrontDoor::new,
                new Custodians(Files.createDirectories(folder.resolve("home"))));
    }

    RecordHouse(Path folder, int identities, Starter starter, Custodians custodians)
            throws Exception {
        this.custodians = custodians;
        this.data = folder.resolve("data");
        this.starter = starter;
        String key;
        try (FrontDoor first = start(data, "--server-name", NAME)) {
            key = key(first, "log");
        }
        this.neighbour =
                new FrontDoor(
                        folder.resolve("neighbour"),
                        "--server-name=hs2",
                        "--witnessed-logs=" + key);
        this.witnesses =
                "witness hs2 %s http://127.0.0.1:%d/_chancery/witness\nquorum hs2\n"
                        .formatted(key(neighbour, "witness"), neighbour.port());
        this.policy = custodians.file("policy");
        Files.writeString(policy, "log " + key + "\n" + witnesses);
        this.server = start();
        FrontDoor.User root = Ceremony.administrator(server, data);
        this.token = root.token;
        server.user("anton");
        holdCeremony(identities);
    }

    private static String key(FrontDoor door, String part) throws Exception {
        return door.send("GET", "/_chancery/health", "", "")
                .ok()
                .json()
                .object(part)
                .flatMap(it -> it.string("key"))
                .orElseThrow();
    }

    private FrontDoor start() throws Exception {
        return start(data);
    }

    /// A server on a folder with the data of this one.
    FrontDoor start(Path folder) throws Exception {
        Path file = custodians.file("witnesses");
        Files.writeString(file, witnesses);
        return start(
                folder,
                "--server-name=" + NAME,
                "--log-policy=" + file,
                "--inside-hosts=127.0.0.1:" + neighbour.port());
    }

    private FrontDoor start(Path folder, String... options) throws Exception {
        return starter.start(folder, options);
    }

    private void holdCeremony(int identities) throws Exception {
        custodians.makeStock(NAME, identities);
        Path entry = custodians.file("stock/public/stock.json");
        stock("import --folder " + custodians.file("stock/public"));
        awaitWitnessed(Files.readAllBytes(entry));
        stock("proof --entry %s --out %s".formatted(entry, custodians.file("proof")));
        custodians.openTenth();
        stock(
                "tenth --order %s --report %s"
                        .formatted(custodians.file("order"), custodians.file("tenth")));
    }

    private void awaitWitnessed(byte[] leaf) throws Exception {
        String path = LOG_PROOFS + HexFormat.of().formatHex(Hash.leaf(leaf).bytes());
        long end = System.nanoTime() + WITNESSED_MAX.toNanos();
        FrontDoor.Answer answer = server.send("GET", path, "", token);
        while (answer.status() == 404 && System.nanoTime() < end) {
            answer = server.send("GET", path, "", token);
        }
        answer.ok();
    }

    FrontDoor server() {
        return server;
    }

    /// The policy of everybody who checks.
    Path policy() {
        return policy;
    }

    Path data() {
        return data;
    }

    String adminToken() {
        return token;
    }

    /// Stops the server, has something done to its data, and starts it.
    void tamper(Tampering tampering) throws Exception {
        server.close();
        tampering.with(data);
        server = start();
    }

    /// What somebody does to the data of a server that stands still.
    interface Tampering {
        void with(Path data) throws Exception;
    }

    private String stock(String words) {
        return command(StockCommand::run, "root", words);
    }

    private String cases(String who, String words) {
        return command(CaseCommand::run, who, words);
    }

    private interface Program {
        int run(List<String> args, Terminal terminal);
    }

    private String command(Program program, String who, String words) {
        String url = "http://127.0.0.1:" + server.port();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new ByteArrayInputStream((PASSWORD + "\n").getBytes(UTF_8)),
                        Optional.empty());
        List<String> args = List.of((words + " --as " + who + " --server " + url).split(" "));
        assertEquals(0, program.run(args, terminal), () -> words + ": " + err.toString(UTF_8));
        return out.toString(UTF_8);
    }

    /// A case whose dossier is written.
    record Handed(String name, String id, Path dossier) {
        /// The folder with what somebody released for it.
        String releaseOf(String who) {
            return name + "-" + who;
        }
    }

    /// Part of a scope.
    static JsonObject part(String room, long from, long until) {
        return JsonObject.of("room_id", room).with("from", from).with("until", until);
    }

    /// Root asks for a case, Anton approves it, the log has it, and its dossier is written.
    Handed hand(String name, JsonObject... scope) throws Exception {
        return hand(name, "reading", scope);
    }

    /// The same, with somebody's key in the place of the reading room's.
    Handed hand(String name, String readingRoom, JsonObject... scope) throws Exception {
        Path wish = custodians.file(name + "-wish");
        Path draft = custodians.file(name + "-case");
        Files.write(wish, wish(readingRoom, scope).bytes());
        String told = cases("root", "draft --wish %s --out %s".formatted(wish, draft));
        String id = told.substring(0, told.indexOf('\t'));
        custodians.sign(draft.toString(), "root");
        cases("root", "request --case %s --signed %s".formatted(id, draft));
        custodians.sign(draft.toString(), "anton");
        cases("anton", "approve --case %s --signed %s".formatted(id, draft));
        awaitWitnessed(Files.readAllBytes(draft));
        return new Handed(name, id, Path.of(cases("root", "dossier --case " + id).strip()));
    }

    private JsonObject wish(String readingRoom, JsonObject... scope) throws IOException {
        return JsonObject.of("reading_room", custodians.card(readingRoom).sealing().value())
                .with(
                        "ground",
                        JsonObject.of("kind", "oversight")
                                .with("reference", "2026-17")
                                .with("article", "article 5")
                                .with("necessity", "no lesser means"))
                .with("scope", JsonArray.of(List.of(scope)))
                .with("requester", officer("root"))
                .with("approver", officer("anton").with("user_id", "@anton:" + NAME));
    }

    private JsonObject officer(String who) throws IOException {
        Custodian card = custodians.card(who);
        return JsonObject.of("name", card.name()).with("signing_key", card.signing().value());
    }

    /// These custodians release their shares for it.
    List<String> release(Handed handed, String... who) throws Exception {
        for (String one : who) {
            custodians.release(handed.name(), handed.dossier(), one).ok();
        }
        return List.of(who).stream().map(handed::releaseOf).toList();
    }

    /// The export of the first room of a case that the archivist opens; its leaves are logged, and
    /// it has their proofs.
    Path export(Handed handed, List<String> releases) throws Exception {
        String name = handed.name() + "-out";
        custodians.open(handed.dossier(), name, releases).ok();
        Path out = custodians.file(name);
        Path proof = custodians.file(handed.name() + "-proof");
        Path pieces = custodians.file(handed.name() + "-pieces-proof");
        for (var leaf : Map.of("000-export.json", proof, "000-pieces.json", pieces).entrySet()) {
            cases(
                    "root",
                    "outcome --case %s --leaf %s --out %s"
                            .formatted(
                                    handed.id(),
                                    out.resolve("to-log").resolve(leaf.getKey()),
                                    leaf.getValue()));
        }
        custodians.seal(out.resolve("000"), proof, pieces);
        return out.resolve("000");
    }

    /// Somebody with a session, as a client takes it over.
    JsonObject session(String name) throws Exception {
        FrontDoor.User user = server.user(name);
        return JsonObject.of("user_id", user.id)
                .with("device_id", device(user))
                .with("access_token", user.token);
    }

    private static String device(FrontDoor.User user) throws Exception {
        return user.get(FrontDoor.CLIENT + "/account/whoami").ok().text("device_id");
    }

    /// Has clients as they are published play, and answers what they say they did.
    JsonObject play(String script, JsonObject given) throws Exception {
        return play(server, custodians.file(script + ".told"), script, given);
    }

    static JsonObject play(FrontDoor server, Path out, String script, JsonObject given)
            throws Exception {
        return play(server, out, script, given, _ -> {});
    }

    /// What is done when a play says something.
    interface Listener {
        void heard(String line) throws Exception;
    }

    static JsonObject play(
            FrontDoor server, Path out, String script, JsonObject given, Listener listener)
            throws Exception {
        Path log = Path.of(out + ".log");
        Process node =
                new ProcessBuilder(
                                "node",
                                "src/test/js/" + script,
                                Path.of(System.getProperty("chancery.web"))
                                        .toAbsolutePath()
                                        .toString(),
                                "http://127.0.0.1:" + server.port(),
                                out.toString())
                        .redirectErrorStream(true)
                        .start();
        try (OutputStream in = node.getOutputStream()) {
            in.write(given.toString().getBytes(UTF_8));
        }
        try (BufferedReader lines = node.inputReader(UTF_8);
                BufferedWriter said = Files.newBufferedWriter(log)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.write(line + "\n");
                listener.heard(line);
            }
        }
        assertEquals(0, node.waitFor(), () -> end(log));
        return Json.parseObject(Files.readAllBytes(out));
    }

    private static String end(Path log) {
        try {
            String said = Files.readString(log);
            return said.substring(Math.max(0, said.length() - SAID_MAX));
        } catch (IOException e) {
            return "nothing was said: " + e.getMessage();
        }
    }

    /// `chancery fsck` of the server that stands still: the exit code and what was said.
    String fsck() {
        return fsck(data);
    }

    /// The same of another folder with data of this server.
    String fsck(Path folder) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        PrintStream print = new PrintStream(out, true, UTF_8);
        int code =
                FsckCommand.run(
                        List.of(
                                "--data=" + folder,
                                "--server-name=" + NAME,
                                "--log-policy=" + custodians.file("witnesses")),
                        Map.of(),
                        new Terminal(
                                print,
                                print,
                                new ByteArrayInputStream(new byte[0]),
                                Optional.empty()));
        return code + " " + out.toString(UTF_8);
    }

    /// Stops the server; its neighbour stays.
    void stop() {
        server.close();
    }

    @Override
    public void close() {
        server.close();
        neighbour.close();
    }
}
