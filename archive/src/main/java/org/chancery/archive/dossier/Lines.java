package org.chancery.archive.dossier;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.function.Consumer;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.json.JsonObject;

/// A long list as numbered files of lines, so that neither who writes nor who reads holds more than
/// one of them.
final class Lines {
    static final int LINE_BYTES_MAX = 1 << 18;
    private static final int FILE_LINES_MAX = 1_000;
    private static final int FILE_BYTES_MAX = 1 << 23;
    private static final int FILES_MAX = 100_000;

    private Lines() {}

    static JsonObject json(byte[] line, String what) {
        return Fields.canonical(line, LINE_BYTES_MAX, what);
    }

    private static String file(String list, int number) {
        return String.format(Locale.ROOT, "%s/%06d.jsonl", list, number);
    }

    /// Writes a list.
    static final class Writer {
        private final DossierFolder folder;
        private final String list;
        private final ByteArrayOutputStream file = new ByteArrayOutputStream();
        private long lines;
        private int linesOfFile;
        private int files;

        Writer(DossierFolder folder, String list) {
            this.folder = folder;
            this.list = list;
        }

        void add(byte[] line) {
            if (line.length > LINE_BYTES_MAX) {
                throw new MalformedArchive("a line of " + list + " is too long");
            }
            if (linesOfFile == FILE_LINES_MAX || file.size() + line.length >= FILE_BYTES_MAX) {
                flush();
            }
            file.writeBytes(line);
            file.write('\n');
            linesOfFile++;
            lines++;
        }

        /// Writes the last file, and answers how many lines there are in all.
        long end() {
            if (linesOfFile > 0) {
                flush();
            }
            return lines;
        }

        private void flush() {
            if (files == FILES_MAX) {
                throw new MalformedArchive("the list " + list + " is too long");
            }
            folder.write(file(list, files), file.toByteArray());
            files++;
            file.reset();
            linesOfFile = 0;
        }
    }

    /// Reads a list of so many lines; refuses one that has fewer or more.
    static void read(DossierFolder folder, String list, long lines, Consumer<byte[]> reader) {
        long read = 0;
        for (int number = 0; number < FILES_MAX; number++) {
            var file = folder.read(file(list, number), FILE_BYTES_MAX);
            if (file.isEmpty()) {
                break;
            }
            read += readFile(file.get(), list, reader);
        }
        if (read != lines) {
            throw new MalformedArchive(
                    "the dossier is not whole: " + list + " has " + read + " of " + lines);
        }
    }

    private static long readFile(byte[] file, String list, Consumer<byte[]> reader) {
        int start = 0;
        long lines = 0;
        for (int i = 0; i < file.length; i++) {
            if (file[i] == '\n') {
                reader.accept(Arrays.copyOfRange(file, start, i));
                start = i + 1;
                lines++;
            }
        }
        if (start != file.length) {
            throw new MalformedArchive("the last line of a file of " + list + " has no end");
        }
        return lines;
    }
}
