package org.chancery.api.http;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Optional;

/// Percent-decoding (RFC 3986 section 2.1), strict: a broken escape, bytes that are no UTF-8, raw
/// characters outside of ASCII, and U+0000 (which stores refuse) decode to nothing.
final class Percent {
    private Percent() {}

    static Optional<String> decode(String raw, boolean plusIsSpace) {
        return isPlain(raw, plusIsSpace) ? Optional.of(raw) : decodeSlowly(raw, plusIsSpace);
    }

    private static boolean isPlain(String raw, boolean plusIsSpace) {
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c == '%' || c <= ' ' || c >= 0x7F || (plusIsSpace && c == '+')) {
                return false;
            }
        }
        return true;
    }

    private static Optional<String> decodeSlowly(String raw, boolean plusIsSpace) {
        var bytes = ByteBuffer.allocate(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            int octet = c;
            if (c == '%') {
                octet = octetAt(raw, i + 1);
                i += 2;
            } else if (plusIsSpace && c == '+') {
                octet = ' ';
            }
            if (octet <= 0 || (c != '%' && octet >= 0x7F)) {
                return Optional.empty();
            }
            bytes.put((byte) octet);
        }
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString());
        } catch (CharacterCodingException notUtf8) {
            return Optional.empty();
        }
    }

    /// The octet of two hexadecimal digits, or -1.
    private static int octetAt(String raw, int at) {
        if (at + 2 > raw.length()) {
            return -1;
        }
        int high = hex(raw.charAt(at));
        int low = hex(raw.charAt(at + 1));
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static int hex(char c) {
        return HexFormat.isHexDigit(c) ? HexFormat.fromHexDigit(c) : -1;
    }
}
