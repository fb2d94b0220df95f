package org.chancery.protocol.signing;

/// Checks Ed25519 signatures.
@FunctionalInterface
public interface Verifier {
    /// False too where the key or the signature is malformed.
    boolean verify(byte[] publicKey, byte[] message, byte[] signature);
}
