package org.chancery.tlog.note;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// What all texts of a log have in common: strict UTF-8, lines, decimal numbers and base64, each
/// with one way to write it.
public final class NoteText {
    private NoteText() {}

    /// The text that those bytes are; refuses what is no UTF-8 and control characters but newline.
    public static String decode(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw new MalformedNote("not UTF-8");
        }
        if (text.chars().anyMatch(c -> c < ' ' && c != '\n')) {
            throw new MalformedNote("a control character");
        }
        return text;
    }

    /// A number below 2^63 without leading zeros.
    public static long number(String text) {
        boolean digits = !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || (text.length() > 1 && text.startsWith("0"))) {
            throw new MalformedNote("not a decimal number");
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw new MalformedNote("a number of 2^63 or more");
        }
    }

    /// Padded standard base64, and only as an encoder writes it.
    public static byte[] base64(String text) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new MalformedNote("not base64");
        }
        if (!base64(bytes).equals(text)) {
            throw new MalformedNote("not canonical base64");
        }
        return bytes;
    }

    public static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /// Key names have at least one character, and no space or plus sign.
    static String keyName(String text) {
        boolean allowed = text.codePoints().noneMatch(NoteText::isSpace);
        if (text.isEmpty() || !allowed || text.indexOf('+') >= 0) {
            throw new MalformedNote("not a key name");
        }
        return text;
    }

    /// Unicode's White_Space: the separators of all kinds and a few controls.
    private static boolean isSpace(int c) {
        return Character.isSpaceChar(c) || Character.isWhitespace(c) || c == 0x85;
    }
}
