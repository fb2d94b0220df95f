package org.chancery.archive.stock;

import org.chancery.protocol.signing.UnpaddedBase64;

/// A public key of Curve25519, for signing (Ed25519) or for agreement (X25519): 32 bytes in
/// unpadded base64, as Matrix writes them.
public record PublicKey(String value) {
    private static final int BYTES = 32;

    public PublicKey {
        Encoded.check(value, BYTES, "public key");
    }

    public static PublicKey of(byte[] bytes) {
        return new PublicKey(UnpaddedBase64.encode(bytes));
    }

    public byte[] bytes() {
        return Encoded.bytes(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
