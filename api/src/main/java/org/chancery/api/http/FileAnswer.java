package org.chancery.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A file as an answer, or the part of it that is asked for (RFC 9110, 13 and 14): players of films
/// jump, and broken downloads go on where they broke.
///
/// One range is served. Several at once would let a small request ask for the same bytes again and
/// again; who wants them gets the whole, which is always in order.
public final class FileAnswer {
    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    private FileAnswer() {}

    /// Bytes `from` up to, but not with, `to`.
    private record Range(long from, long to) {
        long length() {
            return to - from;
        }
    }

    /// @param tag a strong one, in its quotes
    /// @param bytes opens the file; not called where no byte is sent
    public static Response of(
            Request request, String type, String tag, long length, Supplier<InputStream> bytes) {
        if (isKnown(request, tag)) {
            return Response.empty(304).with("ETag", tag);
        }
        Optional<String> wanted = request.header("Range").filter(_ -> isOfThis(request, tag));
        Optional<Range> range = wanted.flatMap(it -> range(it, length));
        if (range.isEmpty()) {
            return stream(200, type, bytes.get(), length).with("ETag", tag);
        }
        Range part = range.get();
        if (part.length() <= 0) {
            return Response.empty(416).with("Content-Range", "bytes */" + length);
        }
        return stream(206, type, part(bytes.get(), part), part.length())
                .with("ETag", tag)
                .with(
                        "Content-Range",
                        "bytes " + part.from() + "-" + (part.to() - 1) + "/" + length);
    }

    private static Response stream(int status, String type, InputStream in, long length) {
        return Response.stream(status, type, in, OptionalLong.of(length))
                .with("Accept-Ranges", "bytes");
    }

    private static boolean isKnown(Request request, String tag) {
        return Arrays.stream(request.header("If-None-Match").orElse("").split(",", -1))
                .map(String::strip)
                .anyMatch(it -> it.equals("*") || it.equals(tag) || it.equals("W/" + tag));
    }

    /// Whether a range is one of the file as it is now.
    private static boolean isOfThis(Request request, String tag) {
        return request.header("If-Range").filter(it -> !it.equals(tag)).isEmpty();
    }

    /// What a header asks for; nothing where it makes no sense, as then it does not count. A range
    /// without a beginning counts from the end.
    private static Optional<Range> range(String header, long length) {
        Matcher parts = RANGE.matcher(header);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String first = parts.group(1);
        String last = parts.group(2);
        if (first.isEmpty()) {
            return last.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Range(Math.max(0, length - Long.parseLong(last)), length));
        }
        long from = Long.parseLong(first);
        long to = last.isEmpty() ? Long.MAX_VALUE : Long.parseLong(last) + 1;
        return to <= from ? Optional.empty() : Optional.of(new Range(from, Math.min(length, to)));
    }

    private static InputStream part(InputStream whole, Range range) {
        try {
            whole.skipNBytes(range.from());
        } catch (IOException e) {
            throw new UncheckedIOException("a file is shorter than it should be", e);
        }
        return new Part(whole, range.length());
    }

    /// The next so many bytes of a stream.
    private static final class Part extends InputStream {
        private final InputStream in;
        private long left;

        Part(InputStream in, long left) {
            this.in = in;
            this.left = left;
        }

        @Override
        public int read() throws IOException {
            var one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (left == 0) {
                return -1;
            }
            int read = in.read(into, offset, (int) Math.min(length, left));
            left -= Math.max(0, read);
            return read;
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }
}
