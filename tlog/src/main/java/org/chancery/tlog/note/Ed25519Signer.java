package org.chancery.tlog.note;

/// A private Ed25519 key in use (RFC 8032).
public interface Ed25519Signer {
    /// The public half, 32 bytes.
    byte[] publicKey();

    /// The 64 bytes of a signature.
    byte[] sign(byte[] message);
}
