package org.chancery.protocol.signing;

import org.chancery.protocol.id.MalformedId;

/// A signing key identifier, `algorithm:version` (Appendices, "Signing Details").
public record KeyId(String algorithm, String version) {
    public static final String ED25519 = "ed25519";

    private static final int LENGTH_MAX = 255;

    public KeyId {
        boolean fits = algorithm.length() + version.length() < LENGTH_MAX;
        if (algorithm.isEmpty() || version.isEmpty() || algorithm.indexOf(':') >= 0 || !fits) {
            throw new MalformedId("key ID");
        }
    }

    public static KeyId parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            throw new MalformedId("key ID");
        }
        return new KeyId(text.substring(0, colon), text.substring(colon + 1));
    }

    public boolean isEd25519() {
        return algorithm.equals(ED25519);
    }

    @Override
    public String toString() {
        return algorithm + ":" + version;
    }
}
