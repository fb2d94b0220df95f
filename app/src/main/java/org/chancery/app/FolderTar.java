package org.chancery.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// The files of a folder as one tar archive (POSIX.1-1988, ustar), made while it is read: one file
/// is open at a time, and none is held in memory. Names are those of a dossier: short, in ASCII.
final class FolderTar extends InputStream {
    private static final int BLOCK = 512;
    private static final int NAME_MAX = 100;
    private static final int FILES_MAX = 1_000_000;
    private static final long FILE_BYTES_MAX = 8_589_934_591L;

    private final Iterator<Part> parts;
    private final long length;
    private InputStream now = InputStream.nullInputStream();

    private interface Part {
        InputStream open() throws IOException;
    }

    private FolderTar(List<Part> parts, long length) {
        this.parts = parts.iterator();
        this.length = length;
    }

    /// The files below `folder`, in the order of their names, beneath the name `top`.
    static FolderTar of(Path folder, String top) throws IOException {
        List<Path> files;
        try (var walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile).limit(FILES_MAX + 1L).sorted().toList();
        }
        if (files.size() > FILES_MAX) {
            throw new IOException("too many files for one archive");
        }
        List<Part> parts = new ArrayList<>();
        long length = 2L * BLOCK;
        for (Path file : files) {
            long bytes = Files.size(file);
            byte[] header = header(top + "/" + folder.relativize(file), bytes);
            byte[] filling = new byte[(int) (-bytes & (BLOCK - 1))];
            parts.add(() -> new ByteArrayInputStream(header));
            parts.add(() -> Files.newInputStream(file));
            parts.add(() -> new ByteArrayInputStream(filling));
            length += BLOCK + bytes + filling.length;
        }
        parts.add(() -> new ByteArrayInputStream(new byte[2 * BLOCK]));
        return new FolderTar(parts, length);
    }

    private static byte[] header(String name, long length) throws IOException {
        if (name.length() > NAME_MAX || length > FILE_BYTES_MAX) {
            throw new IOException("a file does not go into a tar archive: " + name);
        }
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000600");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, String.format(Locale.ROOT, "%011o", length));
        put(block, 136, "00000000000");
        put(block, 148, "        "); // Counts as blanks in its own sum.
        put(block, 156, "0");
        put(block, 257, "ustar");
        put(block, 263, "00");
        int sum = 0;
        for (byte each : block) {
            sum += each & 0xFF;
        }
        put(block, 148, String.format(Locale.ROOT, "%06o", sum));
        block[154] = 0;
        return block;
    }

    private static void put(byte[] block, int at, String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        System.arraycopy(bytes, 0, block, at, bytes.length);
    }

    /// How many bytes there are to read in all.
    long length() {
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int offset, int count) throws IOException {
        if (count == 0) {
            return 0;
        }
        int got = now.read(into, offset, count);
        while (got < 0 && parts.hasNext()) {
            now.close();
            now = parts.next().open();
            got = now.read(into, offset, count);
        }
        return got;
    }

    @Override
    public void close() throws IOException {
        now.close();
    }
}
