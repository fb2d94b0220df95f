package org.chancery.protocol.signing;

/// A private signing key in use.
public interface Signer {
    KeyId keyId();

    /// The public half, as other servers fetch it.
    byte[] publicKey();

    byte[] sign(byte[] message);
}
