package org.chancery.protocol.signing;

import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.signers.Ed25519Signer;

/// The curve for tests of this module, with the signing key of the spec's test vectors (Appendices,
/// "Cryptographic Test Vectors").
public final class TestEd25519 implements Signer, Verifier {
    private static final String SEED = "YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";

    private final KeyId keyId;
    private final Ed25519PrivateKeyParameters key;

    private TestEd25519(KeyId keyId, byte[] seed) {
        this.keyId = keyId;
        this.key = new Ed25519PrivateKeyParameters(seed, 0);
    }

    public static TestEd25519 ofTheSpec() {
        return new TestEd25519(KeyId.parse("ed25519:1"), UnpaddedBase64.decode(SEED).orElseThrow());
    }

    public static TestEd25519 other(int number) {
        var seed = new byte[32];
        seed[0] = (byte) number;
        return new TestEd25519(new KeyId("ed25519", "k" + number), seed);
    }

    @Override
    public KeyId keyId() {
        return keyId;
    }

    @Override
    public byte[] publicKey() {
        return key.generatePublicKey().getEncoded();
    }

    @Override
    public byte[] sign(byte[] message) {
        var signer = new Ed25519Signer();
        signer.init(true, key);
        signer.update(message, 0, message.length);
        return signer.generateSignature();
    }

    @Override
    public boolean verify(byte[] publicKey, byte[] message, byte[] signature) {
        var verifier = new Ed25519Signer();
        verifier.init(false, new Ed25519PublicKeyParameters(publicKey, 0));
        verifier.update(message, 0, message.length);
        return verifier.verifySignature(signature);
    }
}
