package org.chancery.tlog.note;

/// Checks Ed25519 signatures (RFC 8032).
@FunctionalInterface
public interface Ed25519Verifier {
    /// False too where the key or the signature is malformed.
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
