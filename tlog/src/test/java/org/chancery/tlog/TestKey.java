package org.chancery.tlog;

import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.util.Arrays;
import org.chancery.tlog.note.Ed25519Signer;
import org.chancery.tlog.note.VerifierKey;

/// A key that is the same in every run.
public final class TestKey implements Ed25519Signer {
    private final KeyPair pair;

    public TestKey(int number) {
        try {
            var generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, new Numbers(number));
            this.pair = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    public VerifierKey log(String name) {
        return new VerifierKey(name, VerifierKey.Use.NOTE, publicKey());
    }

    public VerifierKey witness(String name) {
        return new VerifierKey(name, VerifierKey.Use.COSIGNATURE, publicKey());
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
