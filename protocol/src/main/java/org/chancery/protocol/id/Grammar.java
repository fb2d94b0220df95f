package org.chancery.protocol.id;

/// What the grammars of the identifiers share.
final class Grammar {
    /// Limit of every identifier on the wire, sigil and domain included, in UTF-8 bytes.
    static final int BYTES_MAX = 255;

    private Grammar() {}

    /// Whether the text fits the limit in UTF-8 and holds neither NUL nor a lone surrogate.
    static boolean fits(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == 0) {
                return false;
            }
            if (c < 0x80) {
                bytes += 1;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == text.length()
                        || !Character.isLowSurrogate(text.charAt(i + 1))) {
                    return false;
                }
                bytes += 4;
                i++;
            }
            if (bytes > BYTES_MAX) {
                return false;
            }
        }
        return true;
    }

    /// An opaque identifier: its sigil, then at least one character.
    static boolean opaque(char sigil, String text) {
        return text.length() > 1 && text.charAt(0) == sigil && fits(text);
    }
}
