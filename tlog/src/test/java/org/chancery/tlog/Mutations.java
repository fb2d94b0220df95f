package org.chancery.tlog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/// Feeds a decoder with texts that are almost right: seeds with bytes changed, cut out, doubled or
/// exchanged. Always the same ones, so that a failure comes back.
public final class Mutations {
    private static final byte[] TELLING = "\n\n +\u2014=/0189ABab.x\0".getBytes(UTF_8);

    private final SplittableRandom random = new SplittableRandom(42);
    private final List<byte[]> seeds;

    private Mutations(List<byte[]> seeds) {
        this.seeds = seeds;
    }

    public static void of(List<String> seeds, int rounds, Consumer<byte[]> decoder) {
        var mutations = new Mutations(seeds.stream().map(seed -> seed.getBytes(UTF_8)).toList());
        for (int i = 0; i < rounds; i++) {
            decoder.accept(mutations.next());
        }
    }

    private byte[] next() {
        var bytes = seeds.get(random.nextInt(seeds.size()));
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes = mutate(bytes);
        }
        return bytes;
    }

    private byte[] mutate(byte[] bytes) {
        if (bytes.length == 0) {
            return new byte[] {anyByte()};
        }
        int at = random.nextInt(bytes.length);
        int until = at + random.nextInt(Math.min(8, bytes.length - at) + 1);
        return switch (random.nextInt(5)) {
            case 0 -> replaced(bytes, at, anyByte());
            case 1 -> replaced(bytes, at, TELLING[random.nextInt(TELLING.length)]);
            case 2 -> joined(bytes, at, bytes, until);
            case 3 -> joined(bytes, until, bytes, at);
            default -> {
                var other = seeds.get(random.nextInt(seeds.size()));
                yield joined(bytes, at, other, random.nextInt(other.length + 1));
            }
        };
    }

    private byte anyByte() {
        return (byte) random.nextInt(256);
    }

    private static byte[] replaced(byte[] bytes, int at, byte value) {
        var copy = bytes.clone();
        copy[at] = value;
        return copy;
    }

    /// The head of one text and the tail of another.
    private static byte[] joined(byte[] head, int headEnd, byte[] tail, int tailStart) {
        var joined = Arrays.copyOf(head, headEnd + tail.length - tailStart);
        System.arraycopy(tail, tailStart, joined, headEnd, tail.length - tailStart);
        return joined;
    }
}
