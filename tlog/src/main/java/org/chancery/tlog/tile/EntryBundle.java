package org.chancery.tlog.tile;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The encoding of entries in a bundle: each with its length before it, in two bytes, big-endian
/// (C2SP tlog-tiles, "Log entries").
public final class EntryBundle {
    /// Most bytes of an entry.
    public static final int ENTRY_BYTES_MAX = 65_535;

    private static final int PREFIX = 2;

    private EntryBundle() {}

    /// Puts an entry at the end of a bundle.
    public static void append(ByteArrayOutputStream bundle, byte[] entry) {
        if (entry.length > ENTRY_BYTES_MAX) {
            throw new IllegalArgumentException("an entry of " + entry.length + " bytes");
        }
        bundle.write(entry.length >> 8);
        bundle.write(entry.length);
        bundle.writeBytes(entry);
    }

    /// Exactly so many entries, and nothing behind them; throws [MalformedBundle].
    public static List<byte[]> read(byte[] bundle, int width) {
        var entries = new ArrayList<byte[]>();
        int at = 0;
        for (int i = 0; i < width; i++) {
            int length = length(bundle, at);
            if (length < 0 || length > bundle.length - at - PREFIX) {
                throw new MalformedBundle(i, at);
            }
            entries.add(Arrays.copyOfRange(bundle, at + PREFIX, at + PREFIX + length));
            at += PREFIX + length;
        }
        if (at != bundle.length) {
            throw new MalformedBundle(width, at);
        }
        return entries;
    }

    /// Where in a bundle that can be read the entry with that number begins, its length included.
    public static int offset(byte[] bundle, int entry) {
        int at = 0;
        for (int i = 0; i < entry; i++) {
            at += PREFIX + length(bundle, at);
        }
        return at;
    }

    private static int length(byte[] bundle, int at) {
        if (bundle.length - at < PREFIX) {
            return -1;
        }
        return ((bundle[at] & 0xff) << 8) | (bundle[at + 1] & 0xff);
    }
}
