package org.chancery.protocol.signing;

import java.util.Base64;
import java.util.Optional;

/// Base64 without padding (Appendices, "Unpadded Base64").
public final class UnpaddedBase64 {
    private static final Base64.Encoder STANDARD = Base64.getEncoder().withoutPadding();
    private static final Base64.Encoder URL_SAFE = Base64.getUrlEncoder().withoutPadding();

    private UnpaddedBase64() {}

    public static String encode(byte[] bytes) {
        return STANDARD.encodeToString(bytes);
    }

    public static String encodeUrlSafe(byte[] bytes) {
        return URL_SAFE.encodeToString(bytes);
    }

    /// The bytes, from either alphabet, with or without padding, as the spec bids be lenient; empty
    /// where the text is neither.
    public static Optional<byte[]> decode(String text) {
        boolean urlSafe = text.indexOf('-') >= 0 || text.indexOf('_') >= 0;
        var decoder = urlSafe ? Base64.getUrlDecoder() : Base64.getDecoder();
        try {
            return Optional.of(decoder.decode(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
