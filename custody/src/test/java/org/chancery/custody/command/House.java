package org.chancery.custody.command;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.io.StringReader;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.chancery.archive.order.Order;
import org.chancery.archive.stock.Custodian;
import org.chancery.custody.seal.KeyFile;
import org.chancery.custody.seal.SigningKey;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.note.Checkpoint;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.Signatures;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.verify.TlogProof;

/// An organisation with five custodians, a desk, a log with one witness, and a folder in which they
/// use the program.
final class House {
    static final String PASSWORD = "a long pass phrase";
    private static final String ORIGIN = "log.example.org/records";
    private static final Instant WITNESSED = Instant.ofEpochSecond(1_795_000_000);
    private static final int SECONDS_MAX = 120;
    private static final KeyFile.Cost CHEAP = new KeyFile.Cost(64, 1, 1);

    final Path folder;
    private final SigningKey log = SigningKey.drawn(new SecureRandom());
    private final SigningKey witness = SigningKey.drawn(new SecureRandom());
    private final List<byte[]> leaves = new ArrayList<>();

    House(Path folder) {
        this.folder = folder;
        leaves.add("another entry".getBytes(UTF_8));
    }

    /// How a process ended.
    record Ended(int exit, String out, String err) {
        Ended ok() {
            assertEquals(0, exit, err);
            return this;
        }

        Ended refused(String why) {
            assertEquals(1, exit, err);
            assertTrue(err.contains(why), err);
            return this;
        }
    }

    /// Does what the program does with these words, in this folder; what is typed is one answer a
    /// line. Only the cost of a password is not that of real life.
    Ended run(List<String> typed, String... words) {
        return run(typed, Ceremony::run, words);
    }

    /// The same for `chancery case`.
    Ended runCase(List<String> typed, String... words) {
        return run(typed, Cases::run, words);
    }

    private Ended run(
            List<String> typed, BiFunction<List<String>, Tools, Integer> program, String... words) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Terminal terminal =
                new Terminal(
                        new PrintStream(out, true, UTF_8),
                        new PrintStream(err, true, UTF_8),
                        new BufferedReader(new StringReader(lines(typed))),
                        Optional.empty());
        Tools tools =
                new Tools(terminal, new SecureRandom(), InstantSource.system(), CHEAP, folder);
        int exit = program.apply(List.of(words), tools);
        return new Ended(exit, out.toString(UTF_8), err.toString(UTF_8));
    }

    /// Runs the program as a process.
    Ended runProcess(List<String> typed, String... words) throws Exception {
        Process process = start(typed, Redirect.to(folder.resolve("err.txt").toFile()), words);
        assertTrue(process.waitFor(SECONDS_MAX, TimeUnit.SECONDS));
        return new Ended(
                process.exitValue(),
                Files.readString(folder.resolve("out.txt")),
                Files.readString(folder.resolve("err.txt")));
    }

    private static String lines(List<String> typed) {
        return typed.isEmpty() ? "" : String.join("\n", typed) + "\n";
    }

    Process start(List<String> typed, Redirect errors, String... words) throws IOException {
        return start("ceremony", typed, errors, words);
    }

    /// Starts `chancery case` as a process.
    Process startCase(List<String> typed, Redirect errors, String... words) throws IOException {
        return start("case", typed, errors, words);
    }

    private Process start(String program, List<String> typed, Redirect errors, String... words)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-ea",
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        program));
        command.addAll(List.of(words));
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectOutput(folder.resolve("out.txt").toFile())
                        .redirectError(errors)
                        .start();
        try (Writer in = new OutputStreamWriter(process.getOutputStream(), UTF_8)) {
            in.write(lines(typed));
        }
        return process;
    }

    /// Somebody's key file, of that name in lower case, and the card beside it.
    String makeKey(String name, String organisation) throws Exception {
        Ended made =
                run(
                        List.of(PASSWORD, PASSWORD),
                        "custodian-key",
                        "--name",
                        name,
                        "--organisation",
                        organisation,
                        "--out",
                        name.toLowerCase(Locale.ROOT));
        return made.ok().out().strip();
    }

    Custodian card(String name) throws IOException {
        return Custodian.readCard(
                Files.readAllBytes(folder.resolve(name + ".card")), SigningKey.verifier());
    }

    /// The folder of shares that a ceremony made for somebody.
    String shares(String stock, String name) throws IOException {
        return stock + "/" + StockCommand.sharesOf(card(name));
    }

    /// Logs an entry, has it witnessed, and writes the proof to that file.
    void log(Path entry, String proof) throws IOException {
        leaves.add(Files.readAllBytes(entry));
        Files.write(folder.resolve(proof), proof(log).bytes());
        Files.writeString(folder.resolve("policy"), policy());
    }

    /// A proof for the last entry, by a log that nobody has pinned.
    void forge(String proof) throws IOException {
        Files.write(folder.resolve(proof), proof(SigningKey.drawn(new SecureRandom())).bytes());
    }

    private TlogProof proof(SigningKey by) {
        List<Hash> hashes = leaves.stream().map(Hash::leaf).toList();
        assertTrue(hashes.size() <= 3, "the path below is that of the last of two or three leaves");
        List<Hash> path = List.of(Hash.fold(hashes.subList(0, hashes.size() - 1)));
        Checkpoint checkpoint = new Checkpoint(ORIGIN, hashes.size(), Hash.fold(hashes));
        SignedCheckpoint signed = SignedCheckpoint.sign(checkpoint, signer(by));
        return new TlogProof(
                hashes.size() - 1,
                path,
                signed.with(
                        Signatures.cosign(
                                checkpoint.text(),
                                "witness.example.net",
                                WITNESSED,
                                signer(witness))));
    }

    private String policy() {
        VerifierKey pinned = new VerifierKey(ORIGIN, VerifierKey.Use.NOTE, log.publicKey());
        VerifierKey seen =
                new VerifierKey(
                        "witness.example.net", VerifierKey.Use.COSIGNATURE, witness.publicKey());
        return "log " + pinned + "\nwitness w " + seen + "\nquorum w\n";
    }

    private static Ed25519Signer signer(SigningKey key) {
        return new Ed25519Signer() {
            @Override
            public byte[] publicKey() {
                return key.publicKey();
            }

            @Override
            public byte[] sign(byte[] message) {
                return key.sign(message);
            }
        };
    }

    /// An order that nobody has signed yet.
    Ended order(String purpose, String stock, String desk, String out, String... more)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                "order",
                                "--purpose",
                                purpose,
                                "--stock",
                                stock + "/public",
                                "--desk",
                                desk + ".card",
                                "--proof",
                                "proof",
                                "--reason",
                                "as agreed on Monday",
                                "--out",
                                out));
        words.addAll(List.of(more));
        return run(List.of(), words.toArray(new String[0]));
    }

    Ended sign(String order, String stock, String desk, String who) throws Exception {
        return run(
                List.of(PASSWORD),
                "sign",
                "--order",
                order,
                "--stock",
                stock + "/public",
                "--desk",
                desk + ".card",
                "--policy",
                "policy",
                "--key",
                who);
    }

    Ended release(String order, String stock, String who, String out) throws Exception {
        return run(
                List.of(PASSWORD),
                "release",
                "--order",
                order,
                "--stock",
                stock + "/public",
                "--policy",
                "policy",
                "--shares",
                shares(stock, who),
                "--key",
                who,
                "--out",
                out);
    }

    /// A verb of the desk, with the releases in those folders.
    Ended desk(String verb, String order, String stock, List<String> releases, String... more)
            throws Exception {
        List<String> words =
                new ArrayList<>(
                        List.of(
                                verb,
                                "--order",
                                order,
                                "--stock",
                                stock + "/public",
                                "--policy",
                                "policy",
                                "--key",
                                "desk"));
        releases.forEach(release -> words.addAll(List.of("--release", release)));
        words.addAll(List.of(more));
        return run(List.of(PASSWORD), words.toArray(new String[0]));
    }

    Order read(String order) throws IOException {
        return Order.parse(Files.readAllBytes(folder.resolve(order)));
    }

    Map<String, String> houses() {
        return Map.of("Ada", "City", "Ben", "City", "Cleo", "City", "Dan", "Court", "Eve", "Court");
    }
}
