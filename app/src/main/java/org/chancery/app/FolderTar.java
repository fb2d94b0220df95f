package org.chancery.app;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;

/// The files of a folder as one tar archive (POSIX.1-2001, pax), made while it is read: one file is
/// open at a time, and none is held in memory. A name that a plain header cannot hold stands in an
/// extended one before it. Why it is our own: ADR 29.
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
            byte[] header = headers(top + "/" + folder.relativize(file), bytes);
            byte[] filling = filling(bytes);
            parts.add(() -> new ByteArrayInputStream(header));
            parts.add(() -> Files.newInputStream(file));
            parts.add(() -> new ByteArrayInputStream(filling));
            length += header.length + bytes + filling.length;
        }
        parts.add(() -> new ByteArrayInputStream(new byte[2 * BLOCK]));
        return new FolderTar(parts, length);
    }

    /// What stands before the bytes of a file.
    private static byte[] headers(String name, long length) throws IOException {
        if (length > FILE_BYTES_MAX) {
            throw new IOException("a file does not go into a tar archive: " + name);
        }
        String plain = name.replaceAll("[^ -~]", "_");
        if (plain.equals(name) && name.length() <= NAME_MAX) {
            return header(name, '0', length);
        }
        byte[] record = record("path=" + name);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(header("pax", 'x', record.length));
        all.writeBytes(record);
        all.writeBytes(filling(record.length));
        all.writeBytes(
                header(plain.substring(Math.max(0, plain.length() - NAME_MAX)), '0', length));
        return all.toByteArray();
    }

    /// A record of an extended header, which begins with its own length in bytes.
    private static byte[] record(String said) {
        int rest = (" " + said + "\n").getBytes(UTF_8).length;
        int length = rest;
        while (length != rest + Integer.toString(length).length()) {
            length = rest + Integer.toString(length).length();
        }
        return (length + " " + said + "\n").getBytes(UTF_8);
    }

    private static byte[] filling(long length) {
        return new byte[(int) (-length & (BLOCK - 1))];
    }

    private static byte[] header(String name, char type, long length) {
        byte[] block = new byte[BLOCK];
        put(block, 0, name);
        put(block, 100, "0000600");
        put(block, 108, "0000000");
        put(block, 116, "0000000");
        put(block, 124, String.format(Locale.ROOT, "%011o", length));
        put(block, 136, "00000000000");
        put(block, 148, "        "); // Counts as blanks in its own sum.
        block[156] = (byte) type;
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
