package org.chancery.adapters.crypto;

import java.security.SecureRandom;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// An Ed25519 signing key of this server (RFC 8032), and the check of other servers' signatures.
///
/// The text of a key file is one line: `ed25519`, the version part of the key ID, and the seed in
/// unpadded base64, which other homeservers read and write too.
public final class BouncyEd25519 implements Signer {
    private final KeyId keyId;
    private final byte[] seed;
    private final byte[] publicKey;

    private BouncyEd25519(KeyId keyId, byte[] seed) {
        this.keyId = keyId;
        this.seed = seed;
        this.publicKey = new byte[Ed25519.PUBLIC_KEY_SIZE];
        Ed25519.generatePublicKey(seed, 0, publicKey, 0);
    }

    /// A new key whose ID is `ed25519:` and that version.
    public static BouncyEd25519 generate(String version, SecureRandom random) {
        var seed = new byte[Ed25519.SECRET_KEY_SIZE];
        random.nextBytes(seed);
        return new BouncyEd25519(new KeyId(KeyId.ED25519, version), seed);
    }

    /// Reads the text of a key file; throws [IllegalArgumentException], which tells nothing of it.
    public static BouncyEd25519 fromKeyFile(String text) {
        var parts = text.strip().split("\\s+", -1);
        if (parts.length != 3 || !parts[0].equals(KeyId.ED25519)) {
            throw new IllegalArgumentException("not a key file: ed25519, version, seed");
        }
        var seed = UnpaddedBase64.decode(parts[2]);
        if (seed.isEmpty() || seed.get().length != Ed25519.SECRET_KEY_SIZE) {
            throw new IllegalArgumentException("the seed in the key file is not 32 bytes");
        }
        return new BouncyEd25519(new KeyId(KeyId.ED25519, parts[1]), seed.get());
    }

    /// The check of signatures. Malformed keys and signatures verify as false.
    public static Verifier verifier() {
        return BouncyEd25519::verify;
    }

    /// The text of the key file: a secret.
    public String toKeyFile() {
        return KeyId.ED25519 + " " + keyId.version() + " " + UnpaddedBase64.encode(seed) + "\n";
    }

    /// The private half, for another engine of this room.
    byte[] seed() {
        return seed.clone();
    }

    @Override
    public KeyId keyId() {
        return keyId;
    }

    @Override
    public byte[] publicKey() {
        return publicKey.clone();
    }

    @Override
    public byte[] sign(byte[] message) {
        var signature = new byte[Ed25519.SIGNATURE_SIZE];
        Ed25519.sign(seed, 0, publicKey, 0, message, 0, message.length, signature, 0);
        return signature;
    }

    @Override
    public String toString() {
        return "BouncyEd25519[" + keyId + "]";
    }

    private static boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        return publicKey.length == Ed25519.PUBLIC_KEY_SIZE
                && signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, publicKey, 0, message, 0, message.length);
    }
}
