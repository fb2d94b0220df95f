package org.chancery.governance.records;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/// Writes runs of base64 as the bytes that they stand for, and all else as it is: what an encrypted
/// event can lose at all, without a search for repetition.
///
/// ```
/// repeated: length, as many bytes as they are; groups * 2 + alphabet, three bytes a group
/// ```
///
/// Numbers are in groups of seven bits, the lowest first. Alphabet 0 has `+/`, 1 has `-_`. Four
/// characters are a group; what is left over of a run stands as it is.
final class Base64Runs {
    private static final int GROUPS_MIN = 4;
    private static final int SHIFT_MAX = 28;

    // What alphabets a character may be of. A run is of one of the two, or of either.
    private static final int NONE = 0;
    private static final int STANDARD = 1;
    private static final int URL = 2;
    private static final int COMMON = 4;
    private static final int BOTH = STANDARD | URL;

    private static final byte[] ALPHABETS = new byte[256];
    private static final byte[] VALUES = new byte[256];
    private static final byte[][] CHARACTERS = new byte[2][64];

    static {
        for (int i = 0; i < 62; i++) {
            char character = (char) (i < 26 ? 'A' + i : i < 52 ? 'a' + i - 26 : '0' + i - 52);
            define(character, i, COMMON);
        }
        define('+', 62, STANDARD);
        define('/', 63, STANDARD);
        define('-', 62, URL);
        define('_', 63, URL);
    }

    private Base64Runs() {}

    private static void define(char character, int value, int alphabet) {
        ALPHABETS[character] = (byte) alphabet;
        VALUES[character] = (byte) value;
        if (alphabet != URL) {
            CHARACTERS[0][value] = (byte) character;
        }
        if (alphabet != STANDARD) {
            CHARACTERS[1][value] = (byte) character;
        }
    }

    /// Packs behind a first byte.
    ///
    /// @param most what the whole may have of bytes; empty where that does not do
    static Optional<byte[]> pack(byte first, byte[] bytes, int most) {
        byte[] packed = new byte[bytes.length + bytes.length / 8 + 16];
        packed[0] = first;
        int end = 1;
        int plain = 0; // From here on nothing is written yet.
        int at = 0;
        while (at < bytes.length) {
            int alphabet = COMMON;
            int from = at;
            while (at < bytes.length) {
                int next = ALPHABETS[bytes[at] & 0xff];
                if (next == NONE || ((alphabet | next) & BOTH) == BOTH) {
                    break;
                }
                alphabet |= next;
                at++;
            }
            int groups = (at - from) / 4;
            if (groups >= GROUPS_MIN) {
                end = plain(bytes, plain, from, packed, end);
                end = number(groups * 2 + ((alphabet & URL) == 0 ? 0 : 1), packed, end);
                end = groups(bytes, from, groups, packed, end);
                plain = from + groups * 4;
            } else if (at == from) {
                at++;
            }
        }
        if (plain < bytes.length) {
            end = plain(bytes, plain, bytes.length, packed, end);
        }
        return end <= most ? Optional.of(Arrays.copyOf(packed, end)) : Optional.empty();
    }

    private static int plain(byte[] bytes, int from, int to, byte[] packed, int at) {
        int end = number(to - from, packed, at);
        System.arraycopy(bytes, from, packed, end, to - from);
        return end + to - from;
    }

    private static int number(int number, byte[] packed, int at) {
        int rest = number;
        int end = at;
        while (rest >= 0x80) {
            packed[end++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        packed[end++] = (byte) rest;
        return end;
    }

    private static int groups(byte[] bytes, int from, int groups, byte[] packed, int at) {
        int end = at;
        for (int i = from; i < from + groups * 4; i += 4) {
            int bits =
                    (VALUES[bytes[i]] << 18)
                            | (VALUES[bytes[i + 1]] << 12)
                            | (VALUES[bytes[i + 2]] << 6)
                            | VALUES[bytes[i + 3]];
            packed[end++] = (byte) (bits >>> 16);
            packed[end++] = (byte) (bits >>> 8);
            packed[end++] = (byte) bits;
        }
        return end;
    }

    /// What was packed, without its first byte.
    ///
    /// @param most what it may become of bytes; empty where it is more, or broken
    static Optional<byte[]> unpack(byte[] packed, int most) {
        ByteBuffer in = ByteBuffer.wrap(packed).position(1);
        ByteBuffer out = ByteBuffer.allocate(Math.min(most, packed.length * 4 / 3 + 4));
        try {
            while (in.hasRemaining()) {
                int length = number(in);
                if (length > Math.min(in.remaining(), out.remaining())) {
                    return Optional.empty();
                }
                out.put(in.slice(in.position(), length));
                in.position(in.position() + length);
                int run = in.hasRemaining() ? number(in) : 0;
                if (run / 2 > out.remaining() / 4) {
                    return Optional.empty();
                }
                characters(in, run / 2, CHARACTERS[run & 1], out);
            }
        } catch (BufferUnderflowException cut) {
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOf(out.array(), out.position()));
    }

    private static void characters(ByteBuffer in, int groups, byte[] characters, ByteBuffer out) {
        for (int i = 0; i < groups; i++) {
            int bits = (in.get() & 0xff) << 16;
            bits |= (in.get() & 0xff) << 8;
            bits |= in.get() & 0xff;
            out.put(characters[bits >>> 18]).put(characters[(bits >>> 12) & 63]);
            out.put(characters[(bits >>> 6) & 63]).put(characters[bits & 63]);
        }
    }

    private static int number(ByteBuffer in) {
        int number = 0;
        for (int shift = 0; shift <= SHIFT_MAX - 7; shift += 7) {
            byte next = in.get();
            number |= (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new BufferUnderflowException();
    }
}
