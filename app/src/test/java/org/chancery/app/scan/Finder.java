package org.chancery.app.scan;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/// Looks for all needles at once: the first eight bytes at each place are asked of a filter, then
/// of a table, and only what is in both is compared. It holds one piece of what it reads, with as
/// much of the piece before as the longest form needs.
public final class Finder {
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long SPREAD = 0x9E3779B97F4A7C15L;
    private static final int FILTER_BITS = 23;
    private static final int PIECE = 1 << 20;

    private final List<Needles.Form> forms;
    private final List<String> names;
    private final long[] filter = new long[1 << (FILTER_BITS - 6)];
    private final long[] starts;
    private final int[] first;
    private final int[] next;
    private final int shift;
    private final int longest;
    private final int piece;

    public Finder(Needles needles) {
        this(needles, PIECE);
    }

    /// @param piece bytes that are read at a time
    Finder(Needles needles, int piece) {
        this.forms = List.copyOf(needles.all());
        this.names = needles.names();
        this.piece = piece;
        this.longest = forms.stream().mapToInt(form -> form.bytes.length).max().orElseThrow();
        int bits = 2 + Integer.SIZE - Integer.numberOfLeadingZeros(forms.size());
        this.shift = Long.SIZE - bits;
        this.starts = new long[1 << bits];
        this.first = new int[1 << bits];
        this.next = new int[forms.size()];
        Arrays.fill(first, -1);
        for (int i = 0; i < next.length; i++) {
            long start = (long) EIGHT.get(forms.get(i).bytes, 0);
            int bit = (int) ((start * SPREAD) >>> (Long.SIZE - FILTER_BITS));
            filter[bit >>> 6] |= 1L << bit;
            int slot = slot(start);
            starts[slot] = start;
            next[i] = first[slot];
            first[slot] = i;
        }
    }

    /// Where in the table what begins so stands, or would.
    private int slot(long start) {
        int slot = (int) ((start * SPREAD) >>> shift);
        while (first[slot] >= 0 && starts[slot] != start) {
            slot = (slot + 1) & (starts.length - 1);
        }
        return slot;
    }

    /// Looks through a file, or through every file below a folder.
    public void look(Path place, Finds finds) throws IOException {
        try (Stream<Path> files = Files.walk(place)) {
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                try (InputStream in = Files.newInputStream(file)) {
                    look(in, String.valueOf(file.getFileName()), finds);
                }
            }
        }
    }

    void look(InputStream in, String place, Finds finds) throws IOException {
        byte[] held = new byte[piece + longest];
        long before = 0;
        int filled = 0;
        boolean more = true;
        while (more) {
            int read = in.readNBytes(held, filled, held.length - filled);
            more = read == held.length - filled;
            filled += read;
            finds.looked(read);
            int until = Math.max(0, more ? filled - longest : filled - Long.BYTES + 1);
            look(held, filled, until, new Place(place, before), finds);
            System.arraycopy(held, until, held, 0, filled - until);
            before += until;
            filled -= until;
        }
    }

    private record Place(String name, long before) {}

    private void look(byte[] held, int filled, int until, Place place, Finds finds) {
        for (int at = 0; at < until; at++) {
            long start = (long) EIGHT.get(held, at);
            int bit = (int) ((start * SPREAD) >>> (Long.SIZE - FILTER_BITS));
            if ((filter[bit >>> 6] & (1L << bit)) != 0) {
                compare(held, at, filled, start, place, finds);
            }
        }
    }

    private void compare(byte[] held, int at, int filled, long start, Place place, Finds finds) {
        for (int i = first[slot(start)]; i >= 0; i = next[i]) {
            byte[] form = forms.get(i).bytes;
            if (at + form.length <= filled
                    && Arrays.equals(form, 0, form.length, held, at, at + form.length)) {
                finds.found(names.get(forms.get(i).needle), place.name(), place.before() + at);
            }
        }
    }
}
