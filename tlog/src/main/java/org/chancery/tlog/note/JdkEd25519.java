package org.chancery.tlog.note;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;

/// The check of signatures by the Java platform itself: slow, but there wherever Java is, so that
/// who verifies an export needs nobody's library.
public final class JdkEd25519 implements Ed25519Verifier {
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    /// What stands before the 32 bytes of a public key in X.509 (RFC 8410, section 4).
    private static final byte[] X509_HEAD = {
        0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00
    };

    /// Holds nothing.
    public JdkEd25519() {}

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        if (publicKey.length != KEY_BYTES || signature.length != SIGNATURE_BYTES) {
            return false;
        }
        var encoded = Arrays.copyOf(X509_HEAD, X509_HEAD.length + KEY_BYTES);
        System.arraycopy(publicKey, 0, encoded, X509_HEAD.length, KEY_BYTES);
        try {
            var ed25519 = Signature.getInstance("Ed25519");
            ed25519.initVerify(
                    KeyFactory.getInstance("Ed25519")
                            .generatePublic(new X509EncodedKeySpec(encoded)));
            ed25519.update(message);
            return ed25519.verify(signature);
        } catch (GeneralSecurityException e) {
            return false; // The bytes are no point of the curve, or no signature.
        }
    }
}
