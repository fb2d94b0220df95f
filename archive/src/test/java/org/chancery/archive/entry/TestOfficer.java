package org.chancery.archive.entry;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.util.Arrays;
import org.bouncycastle.math.ec.rfc8032.Ed25519;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Signer;

/// Somebody with a key, by the JDK's own Ed25519.
record TestOfficer(KeyPair pair) implements Signer {
    private static final int KEY_BYTES = 32;

    static TestOfficer drawn() {
        try {
            return new TestOfficer(KeyPairGenerator.getInstance("Ed25519").generateKeyPair());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    static boolean verify(byte[] key, byte[] message, byte[] signature) {
        return signature.length == Ed25519.SIGNATURE_SIZE
                && Ed25519.verify(signature, 0, key, 0, message, 0, message.length);
    }

    PublicKey key() {
        return PublicKey.of(publicKey());
    }

    @Override
    public KeyId keyId() {
        return new KeyId(KeyId.ED25519, "a");
    }

    @Override
    public byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - KEY_BYTES, encoded.length);
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
