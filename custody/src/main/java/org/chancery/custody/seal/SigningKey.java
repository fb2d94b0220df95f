package org.chancery.custody.seal;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.Verifier;

/// An Ed25519 key (RFC 8032), named by its public half as cross-signing keys are. It signs until it
/// is closed.
public final class SigningKey implements Signer, AutoCloseable {
    private final Secret seed;
    private final PublicKey publicKey;

    private SigningKey(Secret seed) {
        this.seed = seed;
        byte[] made = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed.bytes(), 0, made, 0);
        this.publicKey = PublicKey.of(made);
    }

    public static SigningKey drawn(SecureRandom random) {
        return new SigningKey(Secret.drawn(Ed25519.SECRET_KEY_SIZE, random));
    }

    /// Takes the seed over.
    static SigningKey of(Secret seed) {
        return new SigningKey(seed);
    }

    /// The check of signatures. Malformed keys and signatures verify as false.
    public static Verifier verifier() {
        return (key, message, signature) ->
                key.length == Ed25519.PUBLIC_KEY_SIZE
                        && signature.length == Ed25519.SIGNATURE_SIZE
                        && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    public PublicKey key() {
        return publicKey;
    }

    Secret seed() {
        return seed;
    }

    @Override
    public KeyId keyId() {
        return new KeyId(KeyId.ED25519, publicKey.value());
    }

    @Override
    public byte[] publicKey() {
        return publicKey.bytes();
    }

    @Override
    public byte[] sign(byte[] message) {
        byte[] signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(
                seed.bytes(), 0, publicKey.bytes(), 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public void close() {
        seed.close();
    }

    @Override
    public String toString() {
        return "SigningKey[" + publicKey + "]";
    }
}
