package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.chancery.adapters.outbound.Outbound.Answer;

/// Reads an answer of HTTP/1.1 (RFC 9112), as much of it as is wanted here.
final class AnswerReader {
    static final int BODY_BYTES_MAX = 64 * 1024;
    static final int HEAD_BYTES_MAX = 16 * 1024;

    private static final Pattern STATUS = Pattern.compile("HTTP/1\\.[01] ([1-5]\\d\\d)( .*)?");
    private static final int INTERIM_MAX = 5;

    private final InputStream in;
    private int headLeft = HEAD_BYTES_MAX;
    private long length = -1;
    private boolean chunked;
    private String type = "";

    private AnswerReader(InputStream in) {
        this.in = in;
    }

    static Answer read(InputStream in) throws IOException {
        return new AnswerReader(in).answer();
    }

    private Answer answer() throws IOException {
        int status = head();
        for (int interim = 0; status < 200; interim++) {
            if (interim == INTERIM_MAX) {
                throw new IOException("too many answers that are none yet");
            }
            status = head();
        }
        boolean bodiless = status == 204 || status == 304;
        return new Answer(status, type, bodiless ? "" : new String(body(), UTF_8));
    }

    private int head() throws IOException {
        Matcher first = STATUS.matcher(line());
        if (!first.matches()) {
            throw new IOException("not an answer of HTTP/1.1");
        }
        length = -1;
        chunked = false;
        type = "";
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            String name = line.substring(0, Math.max(0, colon)).toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            if (name.equals("content-length")) {
                length = number(value, 10);
            } else if (name.equals("content-type")) {
                type = value;
            } else if (name.equals("transfer-encoding")) {
                chunked = value.equalsIgnoreCase("chunked");
            }
        }
        return Integer.parseInt(first.group(1));
    }

    private byte[] body() throws IOException {
        if (chunked) {
            return chunks();
        }
        return in.readNBytes((int) Math.min(length < 0 ? BODY_BYTES_MAX : length, BODY_BYTES_MAX));
    }

    private byte[] chunks() throws IOException {
        var body = new ByteArrayOutputStream();
        while (body.size() < BODY_BYTES_MAX) {
            long size = number(line().split(";", 2)[0].strip(), 16);
            if (size == 0) {
                break;
            }
            body.write(in.readNBytes((int) Math.min(size, BODY_BYTES_MAX - body.size())));
            if (body.size() < BODY_BYTES_MAX && !line().isEmpty()) {
                throw new IOException("a chunk of another length than it says");
            }
        }
        return body.toByteArray();
    }

    private static long number(String text, int radix) throws IOException {
        try {
            long number = Long.parseLong(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("not a length", e);
        }
        throw new IOException("not a length");
    }

    /// A line without its end. All lines together have a bound.
    private String line() throws IOException {
        var line = new ByteArrayOutputStream();
        for (int octet = in.read(); octet != '\n'; octet = in.read()) {
            if (octet < 0) {
                throw new EOFException("the answer is cut off");
            }
            if (--headLeft < 0) {
                throw new IOException("the answer has too long a head");
            }
            if (octet != '\r') {
                line.write(octet);
            }
        }
        return line.toString(ISO_8859_1);
    }
}
