package org.chancery.adapters.jdbc.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.chancery.adapters.crypto.BouncyEd25519;
import org.chancery.adapters.jdbc.Database;
import org.chancery.adapters.tiles.DiskTiles;
import org.chancery.governance.log.LogKey;
import org.chancery.governance.log.LogStopped;
import org.chancery.governance.log.ServerLog;
import org.chancery.governance.log.Witnesses;
import org.chancery.homeserver.kernel.Changes;
import org.chancery.homeserver.kernel.Journal;
import org.chancery.homeserver.kernel.Wakeups;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.ServerName;
import org.chancery.testkit.ManualClock;
import org.chancery.tlog.merkle.Hash;
import org.chancery.tlog.merkle.ProofCheck;
import org.chancery.tlog.note.SignedCheckpoint;
import org.chancery.tlog.note.VerifierKey;
import org.chancery.tlog.sequencer.Fsck;
import org.chancery.tlog.sequencer.PublishedLog;
import org.chancery.tlog.sequencer.Sequencer;
import org.chancery.tlog.tile.TileStore;
import org.chancery.tlog.verify.Policy;
import org.chancery.tlog.verify.TlogProof;
import org.chancery.tlog.witness.AddCheckpoint;
import org.chancery.tlog.witness.Witness;
import org.chancery.tlog.witness.WitnessAnswer;
import org.chancery.tlog.witness.WitnessDoor;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The server's log over an engine and a real folder.
abstract class LogContract {
    private static final BouncyEd25519 SIGNER = BouncyEd25519.generate("1", new SecureRandom());
    private static final LogKey KEY = new LogKey(new ServerName("example.org"), SIGNER);

    @TempDir private Path tilesFolder = Path.of("");

    private Database database;
    private Journal journal;
    private ServerLog log;
    private @Nullable DiskTiles disk;

    /// The same database each time.
    abstract Database database();

    @BeforeEach
    void open() {
        open(tiles -> tiles, nobody());
    }

    private static Witnesses nobody() {
        return Witnesses.none(
                KEY.verifierKey(), BouncyEd25519.verifier()::verify, Thread.ofVirtual().factory());
    }

    private void open(UnaryOperator<TileStore> wrapped, Witnesses witnesses) {
        database = database();
        journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        log =
                new ServerLog(
                        new JdbcLeafStore(database),
                        () -> wrapped.apply(disk()),
                        KEY,
                        BouncyEd25519.verifier()::verify,
                        witnesses,
                        journal,
                        Thread.ofPlatform().factory());
        log.start();
    }

    private synchronized DiskTiles disk() {
        DiskTiles known = disk;
        if (known == null) {
            try {
                known = new DiskTiles(tilesFolder.resolve("log"));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            disk = known;
        }
        return known;
    }

    @AfterEach
    void close() throws IOException {
        log.close();
        journal.close();
        database.close();
        if (disk != null) {
            disk.close();
            disk = null;
        }
    }

    @Test
    void leaves_get_indexes_in_their_order_and_proofs_that_a_stranger_accepts() {
        List<Long> indexes = log.append(leaves(0, 300));
        TlogProof proof = log.prove(Hash.leaf(leaf(123))).orElseThrow();

        assertEquals(IntStream.range(0, 300).mapToObj(i -> (long) i).toList(), indexes);
        String policy = "log " + log.verifierKey() + "\nquorum none\n";
        assertInstanceOf(
                Policy.Trusted.class,
                Policy.parse(policy.getBytes(UTF_8))
                        .judge(
                                TlogProof.parse(proof.bytes()),
                                Hash.leaf(leaf(123)),
                                BouncyEd25519.verifier()::verify));
        assertEquals(123, proof.index());
    }

    @Test
    void the_same_leaf_again_is_the_same_leaf() {
        List<Long> first = log.append(List.of(leaf(1), leaf(2)));
        List<Long> again = log.append(List.of(leaf(2), leaf(3), leaf(1), leaf(3)));

        assertEquals(List.of(0L, 1L), first);
        assertEquals(List.of(1L, 2L, 0L, 2L), again);
        assertEquals(3, log.size());
    }

    @Test
    void a_leaf_is_logged_if_its_transaction_is_made_and_else_is_not() {
        Hash made =
                journal.commit(
                        Changes.of(
                                tx -> {
                                    return log.note(tx, leaf(1));
                                }));
        assertThrows(
                MatrixException.class,
                () ->
                        journal.commit(
                                Changes.of(
                                        _ -> {
                                            throw new MatrixError.Forbidden("no").asException();
                                        })));

        assertEquals(List.of(0L), log.await(List.of(made)));
        assertEquals(OptionalLong.empty(), log.index(Hash.leaf(leaf(2))));
        assertArrayEquals(
                leaf(1),
                log.published()
                        .orElseThrow()
                        .entry(log.checkpoint().orElseThrow().checkpoint(), 0));
    }

    @Test
    void a_server_that_logs_nothing_has_no_folder_of_a_log() {
        assertEquals(Optional.empty(), log.checkpoint());
        assertEquals(Optional.empty(), log.prove(0));

        assertFalse(Files.exists(tilesFolder.resolve("log")));
    }

    @Test
    void whatever_write_the_disk_dies_at_nothing_is_lost_or_doubled() throws IOException {
        log.append(leaves(0, 250));
        for (int write = 0; write < 6; write++) {
            int writes = write / 2;
            boolean afterwards = write % 2 == 1;
            close();
            open(tiles -> new DyingTiles(tiles, writes, afterwards), nobody());
            int from = 250 + write * 10;
            LogStopped stopped =
                    assertThrows(LogStopped.class, () -> log.append(leaves(from, from + 10)));
            assertTrue(String.valueOf(stopped.getMessage()).contains("the disk is gone"));
            assertTrue(log.trouble().isPresent());
        }
        close();

        open();

        log.await(hashes(0, 310));
        assertIs(310);
    }

    @Test
    void indexes_that_a_crash_left_out_of_the_table_are_read_back_from_the_log()
            throws IOException {
        log.append(leaves(0, 3));
        close();
        database = database();
        journal = new Journal(database, new Wakeups(), Thread.ofPlatform().factory());
        journal.start();
        JdbcLeafStore leaves = new JdbcLeafStore(database);
        journal.commit(
                Changes.of(
                        tx -> {
                            leaves(3, 6).forEach(leaf -> leaves.note(tx, Hash.leaf(leaf), leaf));
                            return true;
                        }));
        Sequencer.open(disk(), KEY.origin(), KEY, BouncyEd25519.verifier()::verify)
                .append(leaves(3, 5)); // And then the power was cut.
        close();

        open();

        log.await(hashes(0, 6));
        assertIs(6);
    }

    @Test
    void a_full_disk_that_is_emptied_heals_without_a_restart() throws IOException {
        close();
        AtomicInteger reads = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean();
        open(tiles -> new FaultyTiles(tiles, full, reads), nobody());
        log.append(leaves(0, 3));
        full.set(true);
        LogStopped stopped = assertThrows(LogStopped.class, () -> log.append(leaves(3, 5)));
        assertTrue(log.trouble().orElseThrow().contains("No space left"), log.trouble().toString());
        assertTrue(String.valueOf(stopped.getMessage()).contains("tried again"));

        full.set(false);

        await(() -> log.trouble().isEmpty());
        assertEquals(List.of(5L), log.append(List.of(leaf(5))));
        assertIs(6);
    }

    @Test
    void a_log_that_lost_leaves_is_not_appended_to() throws IOException {
        log.append(leaves(0, 3));
        close();
        Files.move(tilesFolder.resolve("log"), tilesFolder.resolve("away"));
        open();

        LogStopped stopped = assertThrows(LogStopped.class, () -> log.append(List.of(leaf(3))));

        assertTrue(String.valueOf(stopped.getMessage()).contains("was known to have 3"));
        assertTrue(log.trouble().orElseThrow().contains("corrupt, and not appended to"));
    }

    @Test
    void a_log_of_other_leaves_is_not_appended_to() throws IOException {
        log.append(leaves(0, 3));
        close();
        Files.move(tilesFolder.resolve("log"), tilesFolder.resolve("away"));
        Sequencer.open(disk(), KEY.origin(), KEY, BouncyEd25519.verifier()::verify)
                .append(leaves(10, 14));
        close();
        open();

        LogStopped stopped = assertThrows(LogStopped.class, () -> log.append(List.of(leaf(3))));

        assertTrue(String.valueOf(stopped.getMessage()).contains("another leaf"));
    }

    @Test
    void what_was_noted_is_logged_before_the_server_ends() throws IOException {
        journal.commit(
                Changes.of(
                        tx -> {
                            leaves(0, 2_000).forEach(leaf -> log.note(tx, leaf));
                            return true;
                        }));

        close();
        open();

        assertIs(2_000);
    }

    @Test
    void a_checkpoint_counts_when_enough_witnesses_have_signed_it() throws IOException {
        close();
        Map<String, WitnessDoor> doors = new HashMap<>();
        List<BouncyEd25519> keys = witnessKeys();
        doors.put("a", door("a", keys.get(0)));
        doors.put("b", unreachable());
        AtomicInteger refusals = new AtomicInteger(2);
        doors.put(
                "c",
                body ->
                        refusals.getAndDecrement() > 0
                                ? new WitnessDoor.Reply(500, "", new byte[0])
                                : answer(witness("c", keys.get(2)), body));
        open(tiles -> tiles, witnesses(2, keys, doors));

        log.append(leaves(0, 3));
        TlogProof proof = log.prove(Hash.leaf(leaf(1)), Duration.ofSeconds(20)).orElseThrow();

        assertInstanceOf(
                Policy.Trusted.class,
                log.witnesses()
                        .policy()
                        .judge(proof, Hash.leaf(leaf(1)), BouncyEd25519.verifier()::verify));
        assertEquals(3, log.witnessed().orElseThrow().checkpoint().size());
        Witnesses.State b =
                log.witnesses().states().stream()
                        .filter(one -> one.name().equals("b"))
                        .findFirst()
                        .orElseThrow();
        assertEquals(0, b.size());
    }

    @Test
    void a_witness_whose_way_has_a_bug_is_asked_again() throws IOException {
        close();
        List<BouncyEd25519> keys = witnessKeys();
        AtomicInteger faults = new AtomicInteger(2);
        WitnessDoor door =
                body -> {
                    if (faults.getAndDecrement() > 0) {
                        throw new IllegalStateException("a bug");
                    }
                    return answer(witness("a", keys.get(0)), body);
                };
        open(tiles -> tiles, witnesses(1, keys, Map.of("a", door)));

        log.append(leaves(0, 3));

        assertTrue(log.prove(Hash.leaf(leaf(1)), Duration.ofSeconds(20)).isPresent());
    }

    @Test
    void witnesses_are_asked_again_when_our_own_log_could_not_be_read_or_written()
            throws IOException {
        close();
        List<BouncyEd25519> keys = witnessKeys();
        AtomicInteger calls = new AtomicInteger();
        AtomicInteger reads = new AtomicInteger();
        AtomicBoolean full = new AtomicBoolean();
        WitnessDoor door =
                body -> {
                    int call = calls.incrementAndGet();
                    if (call == 1) {
                        reads.set(3); // So many fail, of which the next round has the first.
                        throw new UncheckedIOException(new IOException("nobody there"));
                    }
                    full.set(call == 2);
                    return answer(witness("a", keys.get(0)), body);
                };
        open(tiles -> new FaultyTiles(tiles, full, reads), witnesses(1, keys, Map.of("a", door)));

        log.append(leaves(0, 3));

        await(() -> calls.get() >= 3); // As the second signature could not be kept.
        assertTrue(log.prove(Hash.leaf(leaf(1)), Duration.ofSeconds(20)).isPresent());
    }

    @Test
    void what_no_witness_has_signed_has_no_proof() throws IOException {
        close();
        List<BouncyEd25519> keys = witnessKeys();
        open(tiles -> tiles, witnesses(1, keys, Map.of("b", unreachable())));

        log.append(leaves(0, 3));

        assertEquals(Optional.empty(), log.prove(Hash.leaf(leaf(1)), Duration.ofMillis(20)));
        assertEquals(Optional.empty(), log.witnessed());
        assertEquals(3, log.checkpoint().orElseThrow().checkpoint().size());
    }

    @Test
    void what_was_not_witnessed_before_a_restart_is_witnessed_after_it() throws IOException {
        log.append(leaves(0, 3));
        close();
        List<BouncyEd25519> keys = witnessKeys();

        open(tiles -> tiles, witnesses(1, keys, Map.of("a", door("a", keys.get(0)))));

        assertTrue(log.prove(Hash.leaf(leaf(1)), Duration.ofSeconds(20)).isPresent());
    }

    @Test
    void what_witnesses_of_another_policy_have_signed_is_witnessed_anew_after_a_restart()
            throws IOException {
        close();
        List<BouncyEd25519> keys = witnessKeys();
        open(tiles -> tiles, witnesses(1, keys, Map.of("a", door("a", keys.get(0)))));
        log.append(leaves(0, 3));
        assertTrue(log.prove(Hash.leaf(leaf(1)), Duration.ofSeconds(20)).isPresent());
        close();
        List<BouncyEd25519> others = List.of(keys.get(1));

        open(tiles -> tiles, witnesses(1, others, Map.of("a", door("a", keys.get(1)))));

        assertTrue(log.prove(Hash.leaf(leaf(1)), Duration.ofSeconds(20)).isPresent());
        Policy policy = log.witnesses().policy();
        assertTrue(
                Fsck.check(disk(), log.verifierKey(), policy, BouncyEd25519.verifier()::verify)
                        .isSound());
    }

    @Test
    void a_witness_that_knows_more_leaves_stops_the_log() throws Exception {
        close();
        Path other = tilesFolder.resolve("other");
        List<BouncyEd25519> keys = witnessKeys();
        open();
        Witness witness = witness("a", keys.get(0));
        try (DiskTiles elsewhere = new DiskTiles(other)) {
            Sequencer fork =
                    Sequencer.open(elsewhere, KEY.origin(), KEY, BouncyEd25519.verifier()::verify);
            SignedCheckpoint signed = fork.append(leaves(0, 9));
            byte[] request = new AddCheckpoint(0, List.of(), signed).bytes();
            assertEquals(200, witness.addCheckpoint(request).status());
        }
        close();
        open(tiles -> tiles, witnesses(1, keys, Map.of("a", door("a", keys.get(0)))));

        log.append(leaves(0, 3));
        log.prove(Hash.leaf(leaf(0)), Duration.ofMillis(1));

        String trouble = awaitTrouble();
        assertEquals("the witness a knows 9 leaves of it", trouble);
        assertThrows(LogStopped.class, () -> log.append(List.of(leaf(3))));
    }

    @Test
    void a_witness_never_goes_back() throws Exception {
        Witness witness = witness("a", witnessKeys().getFirst());
        JdbcWitnessStore store = new JdbcWitnessStore(database, journal);
        log.append(leaves(0, 2));
        SignedCheckpoint two = log.checkpoint().orElseThrow();
        log.append(leaves(2, 5));
        SignedCheckpoint five = log.checkpoint().orElseThrow();

        int first = add(witness, 0, five);
        int back = add(witness, 0, two);
        boolean replaced = store.replace(KEY.origin(), 0, two);

        assertEquals(200, first);
        assertEquals(409, back);
        assertFalse(replaced);
        assertEquals(5, store.latest(KEY.origin()).orElseThrow().checkpoint().size());
    }

    private static int add(Witness witness, long old, SignedCheckpoint signed) {
        return witness.addCheckpoint(new AddCheckpoint(old, List.of(), signed).bytes()).status();
    }

    private String awaitTrouble() {
        await(() -> log.trouble().isPresent());
        return log.trouble().orElseThrow();
    }

    private static void await(BooleanSupplier condition) {
        assertTimeoutPreemptively(
                Duration.ofSeconds(20),
                () -> {
                    while (!condition.getAsBoolean()) {
                        Thread.onSpinWait();
                    }
                });
    }

    private static List<BouncyEd25519> witnessKeys() {
        SecureRandom random = new SecureRandom();
        return IntStream.range(0, 3)
                .mapToObj(i -> BouncyEd25519.generate("w" + i, random))
                .toList();
    }

    private Witness witness(String name, BouncyEd25519 key) {
        return new Witness(
                name,
                LogKey.signer(key),
                BouncyEd25519.verifier()::verify,
                Map.of(KEY.origin(), Set.of(KEY.verifierKey())),
                new JdbcWitnessStore(database, journal),
                ManualClock.standing());
    }

    private static Witnesses witnesses(
            int least, List<BouncyEd25519> keys, Map<String, WitnessDoor> doors) {
        Map<String, VerifierKey> named = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            String name = String.valueOf((char) ('a' + i));
            named.put(
                    name,
                    new VerifierKey(name, VerifierKey.Use.COSIGNATURE, keys.get(i).publicKey()));
        }
        return new Witnesses(
                Policy.of(KEY.verifierKey(), least, named),
                doors,
                BouncyEd25519.verifier()::verify,
                new Witnesses.Pace(Duration.ofMillis(5), Duration.ofMillis(20)),
                Thread.ofVirtual().factory());
    }

    /// The way to a witness that has its checkpoints in the database that is open then.
    private WitnessDoor door(String name, BouncyEd25519 key) {
        return body -> answer(witness(name, key), body);
    }

    private static WitnessDoor.Reply answer(Witness witness, byte[] body) {
        WitnessAnswer answer = witness.addCheckpoint(body);
        return new WitnessDoor.Reply(
                answer.status(), answer.contentType().orElse(""), answer.body());
    }

    private static WitnessDoor unreachable() {
        return _ -> {
            throw new UncheckedIOException(new IOException("nobody there"));
        };
    }

    @Test
    void many_may_append_at_once() throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 8; t++) {
            int from = t * 20;
            threads.add(
                    Thread.startVirtualThread(
                            () -> {
                                for (int i = from; i < from + 40; i++) {
                                    log.append(List.of(leaf(i)));
                                }
                            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertEquals(180, log.size());
        Fsck.Report report =
                Fsck.check(disk(), log.verifierKey(), BouncyEd25519.verifier()::verify);
        assertTrue(report.isSound());
        assertEquals(180, report.entries());
    }

    /// The log is sound, has these leaves once, in that order, and continues what it was.
    private void assertIs(int size) {
        Fsck.Report report =
                Fsck.check(disk(), log.verifierKey(), BouncyEd25519.verifier()::verify);
        PublishedLog published = log.published().orElseThrow();
        SignedCheckpoint now = published.latest().orElseThrow();

        assertTrue(report.isSound(), () -> report.faults().toString());
        assertEquals(size, report.entries());
        assertEquals(size, log.size());
        for (int i = 0; i < size; i += 7) {
            assertEquals(OptionalLong.of(i), log.index(Hash.leaf(leaf(i))));
            assertArrayEquals(leaf(i), published.entry(now.checkpoint(), i));
        }
        assertTrue(
                ProofCheck.includes(
                        now.checkpoint().root(),
                        size,
                        Hash.leaf(leaf(size - 1)),
                        size - 1,
                        published.prove(now, size - 1).path()));
    }

    private static List<byte[]> leaves(int from, int to) {
        return IntStream.range(from, to).mapToObj(LogContract::leaf).toList();
    }

    private static List<Hash> hashes(int from, int to) {
        return leaves(from, to).stream().map(Hash::leaf).toList();
    }

    private static byte[] leaf(int number) {
        return ("leaf " + number).getBytes(UTF_8);
    }
}
