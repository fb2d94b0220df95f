package org.chancery.custody.seal;

import java.security.SecureRandom;
import java.util.Optional;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.X25519KeyPairGenerator;
import org.bouncycastle.crypto.hpke.HPKE;
import org.bouncycastle.crypto.hpke.HPKEContextWithEncapsulation;
import org.bouncycastle.crypto.params.X25519KeyGenerationParameters;
import org.bouncycastle.math.ec.rfc7748.X25519;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The key to which secrets are sealed: HPKE (RFC 9180) in base mode, X25519 and HKDF-SHA256 with
/// ChaCha20-Poly1305. The `info` of a sealing says what is sealed; under another it does not open.
public final class SealingKey implements AutoCloseable {
    private static final HPKE SUITE =
            new HPKE(
                    HPKE.mode_base,
                    HPKE.kem_X25519_SHA256,
                    HPKE.kdf_HKDF_SHA256,
                    HPKE.aead_CHACHA20_POLY1305);
    private static final byte[] NOTHING = {};

    private final Secret scalar;
    private final PublicKey publicKey;

    private SealingKey(Secret scalar) {
        this.scalar = scalar;
        byte[] made = new byte[X25519.POINT_SIZE];
        X25519.generatePublicKey(scalar.bytes(), 0, made, 0);
        this.publicKey = PublicKey.of(made);
    }

    /// A secret under seal.
    ///
    /// @param encapsulated `enc` of RFC 9180, in base64
    /// @param ciphertext in base64
    public record Sealed(String encapsulated, String ciphertext) {}

    public static SealingKey drawn(SecureRandom random) {
        return new SealingKey(Secret.drawn(X25519.SCALAR_SIZE, random));
    }

    /// Takes the scalar over.
    static SealingKey of(Secret scalar) {
        return new SealingKey(scalar);
    }

    public PublicKey key() {
        return publicKey;
    }

    Secret scalar() {
        return scalar;
    }

    /// Seals the secret, so that only the owner of that key opens it, under the same info.
    public static Sealed seal(PublicKey to, byte[] info, Secret secret, SecureRandom random) {
        return seal(to, info, NOTHING, secret, random);
    }

    static Sealed seal(
            PublicKey to, byte[] info, byte[] beside, Secret secret, SecureRandom random) {
        X25519KeyPairGenerator once = new X25519KeyPairGenerator();
        once.init(new X25519KeyGenerationParameters(random));
        try {
            HPKEContextWithEncapsulation context =
                    SUITE.setupBaseS(
                            SUITE.deserializePublicKey(to.bytes()), info, once.generateKeyPair());
            return new Sealed(
                    UnpaddedBase64.encode(context.getEncapsulation()),
                    UnpaddedBase64.encode(context.seal(beside, secret.bytes())));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw new SealFault("nothing can be sealed to that key");
        }
    }

    /// The secret that was sealed to this key under that info; throws [SealFault].
    public Secret open(Sealed sealed, byte[] info) {
        return open(sealed, info, NOTHING);
    }

    Secret open(Sealed sealed, byte[] info, byte[] beside) {
        Optional<byte[]> encapsulated = UnpaddedBase64.decode(sealed.encapsulated());
        Optional<byte[]> ciphertext = UnpaddedBase64.decode(sealed.ciphertext());
        if (encapsulated.isEmpty()
                || encapsulated.get().length != X25519.POINT_SIZE
                || ciphertext.isEmpty()) {
            throw doesNotOpen();
        }
        try {
            var pair = SUITE.deserializePrivateKey(scalar.bytes(), publicKey.bytes());
            return Secret.taking(
                    SUITE.setupBaseR(encapsulated.get(), pair, info)
                            .open(beside, ciphertext.get()));
        } catch (InvalidCipherTextException | IllegalArgumentException | IllegalStateException e) {
            throw doesNotOpen();
        }
    }

    private static SealFault doesNotOpen() {
        return new SealFault(
                "the seal does not open: another key, another place, or changed bytes");
    }

    @Override
    public void close() {
        scalar.close();
    }

    @Override
    public String toString() {
        return "SealingKey[" + publicKey + "]";
    }
}
