package org.chancery.benchmarks.records;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import org.chancery.governance.records.PieceStore;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// `ArchiveBench FOLDER FIGURES SECONDS W1_CPU_US`: sends encrypted events of the size of W1's in
/// chat rooms and in record rooms by turns, and tells what the archive takes of the processor and
/// of the disk. W1's own processor time for an event, doors included, is told by the caller; the
/// share is of that.
public final class ArchiveBench {
    private static final int ROOMS = 200;
    private static final int SENDERS = 16;
    private static final int SESSION_EVENTS = 100; // What one person says in a room in a day.
    private static final int LETTERS = 2_000;
    private static final int LETTER_BYTES = 900;

    /// A Megolm message around 100 characters of text in an `m.room.message`.
    private static final int CIPHERTEXT_BYTES = 310;

    private final OperatingSystemMXBean system =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final Path folder;
    private final long millis;
    private int runs;

    private ArchiveBench(Path folder, long millis) {
        this.folder = folder;
        this.millis = millis;
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        Path folder = Path.of(args[0]).toAbsolutePath();
        Files.createDirectories(folder);
        ArchiveBench bench = new ArchiveBench(folder, Long.parseLong(args[2]) * 1_000);
        bench.run(false); // Warms up, and is thrown away.
        bench.run(true);
        List<Run> chats = new ArrayList<>();
        List<Run> works = new ArrayList<>();
        for (boolean archived : new boolean[] {false, true, true, false}) {
            (archived ? works : chats).add(bench.run(archived));
        }
        JsonObject figures = figures(chats, works, Long.parseLong(args[3]));
        Files.write(Path.of(args[1]), figures.bytes());
        System.out.println(figures);
    }

    /// One turn.
    ///
    /// @param cpuMicros of the whole process, an event
    /// @param leafMicros of making the leaves of all, an event
    /// @param letters measured apart, although the run has one for each session too
    private record Run(
            long sent,
            long perSecond,
            double cpuMicros,
            double leafMicros,
            long bytes,
            long packed,
            Letters letters) {}

    /// What the archive takes for the key of a session.
    ///
    /// @param cpuMicros of the whole process, a letter
    private record Letters(double cpuMicros, long bytes) {
        static final Letters NONE = new Letters(0, 0);
    }

    private static JsonObject figures(List<Run> chats, List<Run> works, long w1) {
        double chat = chats.stream().mapToDouble(Run::cpuMicros).average().orElseThrow();
        double work = works.stream().mapToDouble(Run::cpuMicros).average().orElseThrow();
        double leaf = works.stream().mapToDouble(Run::leafMicros).average().orElseThrow();
        double cost = work - chat + leaf;
        JsonObject archive =
                JsonObject.builder()
                        .put("goal", "percent_of_w1_throughput <= 15, bytes_per_event <= 1500")
                        .put("chat_cpu_us", Math.round(chat))
                        .put("work_cpu_us", Math.round(work))
                        .put("leaf_cpu_us_tenths", Math.round(leaf * 10))
                        .put("archive_cpu_us", Math.round(cost))
                        .put("w1_cpu_us", w1)
                        .put("percent_of_w1_cpu", Math.round(100 * cost / w1))
                        .put("percent_of_w1_throughput", Math.round(100 * cost / (w1 + cost)))
                        .put("chat_per_second", mean(chats))
                        .put("work_per_second", mean(works))
                        .put("bytes_per_event", works.getLast().bytes() - chats.getLast().bytes())
                        .put("packed_bytes_per_event", works.getLast().packed())
                        .put("letter_cpu_us", Math.round(mean(works, Letters::cpuMicros)))
                        .put("letter_bytes", Math.round(mean(works, Letters::bytes)))
                        .put("events_per_session", SESSION_EVENTS)
                        .put("events", works.stream().mapToLong(Run::sent).sum())
                        .build();
        return JsonObject.of("archive", archive);
    }

    private static double mean(List<Run> runs, ToDoubleFunction<Letters> figure) {
        return runs.stream().map(Run::letters).mapToDouble(figure).average().orElseThrow();
    }

    private static long mean(List<Run> runs) {
        return Math.round(runs.stream().mapToLong(Run::perSecond).average().orElseThrow());
    }

    private Run run(boolean archived) throws InterruptedException {
        try (House house = new House(folder.resolve("run-" + runs++ + ".db"), archived)) {
            for (int i = 0; i < ROOMS; i++) {
                house.open(user(i));
            }
            house.settle();
            long emptyBytes = house.bytes();
            AtomicLong sent = new AtomicLong();
            long cpu = system.getProcessCpuTime();
            long begin = System.nanoTime();
            long end = begin + millis * 1_000_000;
            together(number -> loop(house, archived, number, sent, end));
            house.settle();
            double seconds = (System.nanoTime() - begin) / 1e9;
            double micros = (system.getProcessCpuTime() - cpu) / 1e3 / sent.get();
            long bytes = (house.bytes() - emptyBytes) / sent.get();
            cpu = system.getProcessCpuTime();
            house.leaves();
            double leaf = archived ? (system.getProcessCpuTime() - cpu) / 1e3 / sent.get() : 0;
            PieceStore.Amount amount = house.amount();
            long packed = amount.count() == 0 ? 0 : amount.bytes() / amount.count();
            long perSecond = Math.round(sent.get() / seconds);
            Letters letters = archived ? letters(house) : Letters.NONE;
            return new Run(sent.get(), perSecond, micros, leaf, bytes, packed, letters);
        }
    }

    private Letters letters(House house) throws InterruptedException {
        long emptyBytes = house.bytes();
        long cpu = system.getProcessCpuTime();
        together(
                number -> {
                    SplittableRandom random = new SplittableRandom(number);
                    for (int i = number; i < LETTERS; i += SENDERS) {
                        int room = i % ROOMS;
                        house.letter(room, user(room), device(room), letter(random));
                    }
                });
        double micros = (system.getProcessCpuTime() - cpu) / 1e3 / LETTERS;
        return new Letters(micros, (house.bytes() - emptyBytes) / LETTERS);
    }

    /// Lets all senders work, and waits for the last.
    private static void together(IntConsumer sender) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < SENDERS; i++) {
            int number = i;
            threads.add(Thread.ofVirtual().start(() -> sender.accept(number)));
        }
        for (Thread thread : threads) {
            thread.join();
        }
    }

    /// Each sender has rooms of its own and goes round them. A client sends the key of a session
    /// before its first event.
    private static void loop(House house, boolean archived, int number, AtomicLong sent, long end) {
        SplittableRandom random = new SplittableRandom(number);
        for (int round = 0; System.nanoTime() < end; round++) {
            for (int room = number; room < ROOMS; room += SENDERS) {
                if (archived && round % SESSION_EVENTS == 0) {
                    house.letter(room, user(room), device(room), letter(random));
                }
                house.send(room, user(room), content(random, room, round));
                sent.incrementAndGet();
            }
        }
    }

    private static UserId user(int room) {
        return new UserId("user" + room, House.SERVER);
    }

    private static DeviceId device(int room) {
        return new DeviceId("DEVICE" + room);
    }

    /// An Olm message that begins an Olm session, around the key of a Megolm session.
    private static JsonObject letter(SplittableRandom random) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        byte[] body = new byte[LETTER_BYTES];
        random.nextBytes(body);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        JsonObject message = JsonObject.of("body", base64.encodeToString(body)).with("type", 0);
        return JsonObject.EMPTY
                .with("algorithm", "m.olm.v1.curve25519-aes-sha2")
                .with("ciphertext", JsonObject.of(base64.encodeToString(key), message))
                .with("sender_key", base64.encodeToString(key));
    }

    /// As clients write it; the header of the message is true, the rest is noise.
    private static JsonObject content(SplittableRandom random, int room, int round) {
        byte[] message = new byte[CIPHERTEXT_BYTES];
        random.nextBytes(message);
        message[0] = 3;
        message[1] = 8;
        message[2] = (byte) (round % SESSION_EVENTS);
        byte[] session = new byte[32];
        new SplittableRandom(room * 1_000_003L + round / SESSION_EVENTS).nextBytes(session);
        byte[] key = new byte[32];
        new SplittableRandom(room).nextBytes(key);
        Base64.Encoder base64 = Base64.getEncoder().withoutPadding();
        return JsonObject.EMPTY
                .with("algorithm", "m.megolm.v1.aes-sha2")
                .with("ciphertext", base64.encodeToString(message))
                .with("device_id", device(room).value())
                .with("sender_key", base64.encodeToString(key))
                .with("session_id", base64.encodeToString(session));
    }
}
