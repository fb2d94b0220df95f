package org.chancery.archive.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Function;
import org.chancery.archive.entry.LogEntry;
import org.chancery.archive.entry.Sample;
import org.chancery.archive.stock.ArchiveIdentity;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.id.DeviceId;
import org.junit.jupiter.api.Test;

/// Whatever is read was written so, to the byte; everything else is refused in words.
class ArchiveFuzzTest {
    private static final int ROUNDS = 4_000;
    private static final List<Function<byte[], byte[]>> READERS =
            List.of(
                    bytes -> LogEntry.parse(bytes).bytes(),
                    bytes -> Order.parse(bytes).bytes(),
                    bytes -> SealedShares.parse(bytes).bytes(),
                    bytes -> ArchiveIdentity.parse(bytes).bytes());

    @FuzzTest
    void parse(byte[] bytes) {
        faithfulOrRefused(bytes);
    }

    @FuzzTest
    void card(byte[] bytes) {
        try {
            Custodian.readCard(bytes, (_, _, _) -> true);
        } catch (MalformedArchive refused) {
            return;
        }
    }

    @Test
    void bytes_that_are_almost_right_are_read_faithfully_or_refused() {
        SplittableRandom random = new SplittableRandom(42);
        List<byte[]> seeds = seeds();

        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
            for (int changes = random.nextInt(3); changes >= 0; changes--) {
                bytes = changed(bytes, random);
            }
            faithfulOrRefused(bytes);
        }
    }

    private static void faithfulOrRefused(byte[] bytes) {
        for (Function<byte[], byte[]> reader : READERS) {
            byte[] again;
            try {
                again = reader.apply(bytes);
            } catch (MalformedArchive refused) {
                continue;
            }
            assertArrayEquals(bytes, again);
        }
    }

    private static byte[] changed(byte[] bytes, SplittableRandom random) {
        int at = random.nextInt(bytes.length);
        int until = Math.min(bytes.length, at + random.nextInt(1, 6));
        return switch (random.nextInt(3)) {
            case 0 -> {
                byte[] copy = bytes.clone();
                copy[at] = (byte) random.nextInt(' ', 127);
                yield copy;
            }
            case 1 ->
                    joined(
                            Arrays.copyOf(bytes, at + 1),
                            Arrays.copyOfRange(bytes, until, bytes.length));
            default ->
                    joined(
                            Arrays.copyOf(bytes, until),
                            Arrays.copyOfRange(bytes, at, bytes.length));
        };
    }

    private static byte[] joined(byte[] head, byte[] tail) {
        byte[] joined = Arrays.copyOf(head, head.length + tail.length);
        System.arraycopy(tail, 0, joined, head.length, tail.length);
        return joined;
    }

    private static List<byte[]> seeds() {
        List<byte[]> seeds = new ArrayList<>();
        Sample.all().forEach(entry -> seeds.add(entry.bytes()));
        Order.Signature signature = new Order.Signature(Sample.digest(1), "c2ln");
        seeds.add(
                new Order(
                                Order.Purpose.TENTH,
                                Sample.STOCK,
                                1,
                                Sample.key(1),
                                0,
                                "a reason",
                                Instant.EPOCH,
                                "a proof",
                                List.of(signature))
                        .bytes());
        seeds.add(
                new SealedShares(
                                Sample.STOCK,
                                1,
                                1,
                                1,
                                Optional.of(Sample.digest(2)),
                                List.of(
                                        new SealedShares.Share(
                                                new DeviceId("2026Q4ABC"), "AAAA", "AAAA")))
                        .bytes());
        return seeds;
    }
}
