package org.chancery.archive.stock;

import java.util.Optional;
import org.chancery.protocol.signing.UnpaddedBase64;

/// Bytes as unpadded base64 in the one form that encoding them gives.
final class Encoded {
    private Encoded() {}

    static void check(String text, int length, String what) {
        Optional<byte[]> bytes = UnpaddedBase64.decode(text);
        if (bytes.isEmpty()
                || bytes.get().length != length
                || !UnpaddedBase64.encode(bytes.get()).equals(text)) {
            throw new MalformedArchive("a " + what + " is " + length + " bytes in base64");
        }
    }

    static byte[] bytes(String checked) {
        return UnpaddedBase64.decode(checked).orElseThrow();
    }
}
