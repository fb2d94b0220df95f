package org.chancery.verifier;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Signer;
import org.chancery.tlog.note.Ed25519Signer;

/// A key that is the same in every run, for events and for logs.
final class TestKey implements Signer, Ed25519Signer {
    private final KeyPair pair;

    TestKey(int number) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new Numbers(number));
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public KeyId keyId() {
        return new KeyId(KeyId.ED25519, "1");
    }

    @Override
    public byte[] publicKey() {
        byte[] encoded = pair.getPublic().getEncoded();
        return Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length);
    }

    @Override
    public byte[] sign(byte[] message) {
        try {
            var signature = Signature.getInstance("Ed25519");
            signature.initSign(pair.getPrivate());
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /// Not random at all.
    private static final class Numbers extends SecureRandom {
        private static final long serialVersionUID = 1;

        private final int number;

        Numbers(int number) {
            this.number = number;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            Arrays.fill(bytes, (byte) number);
        }
    }
}
