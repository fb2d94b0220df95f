package org.chancery.protocol.json;

import java.util.Comparator;

/// Orders texts by code point, as canonical JSON sorts names. Java's own order goes by UTF-16 unit
/// and puts characters beyond U+FFFF before those from U+E000.
final class CodePointOrder implements Comparator<String> {
    static final CodePointOrder INSTANCE = new CodePointOrder();

    private CodePointOrder() {}

    @Override
    public int compare(String left, String right) {
        int end = Math.min(left.length(), right.length());
        for (int i = 0; i < end; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /// Surrogates stand for code points above every other unit.
    private static int rank(char c) {
        return Character.isSurrogate(c) ? c + 0x10000 : c;
    }
}
