package org.chancery.adapters.crypto;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import org.chancery.protocol.signing.KeyId;
import org.chancery.protocol.signing.Signer;
import org.conscrypt.Conscrypt;
import org.jspecify.annotations.Nullable;

/// The server's key in BoringSSL (Conscrypt), twice as fast as in Java, where that library is there
/// for the platform and gives the same signature: Ed25519 has only one for a key and a message
/// (RFC 8032, 5.1.6). Else, and whenever it fails, the key signs in Java.
public final class FastEd25519 implements Signer {
    private static final Logger LOG = System.getLogger(FastEd25519.class.getName());
    private static final int IDLE_MAX = 16;
    private static final byte[] PROBE = {'p', 'r', 'o', 'b', 'e'};

    /// What stands before the 32 bytes of the seed in PKCS #8 (RFC 8410, section 7).
    private static final byte[] PKCS8_HEAD = {
        0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04,
        0x20
    };

    private final BouncyEd25519 inJava;
    private volatile @Nullable Signing fastest;

    /// The library is loaded by the first signature, not here: that takes tens of milliseconds.
    public FastEd25519(BouncyEd25519 key) {
        this.inJava = key;
    }

    /// Signs, or says why it cannot.
    private interface Signing {
        byte[] sign(byte[] message) throws GeneralSecurityException;
    }

    @Override
    public KeyId keyId() {
        return inJava.keyId();
    }

    @Override
    public byte[] publicKey() {
        return inJava.publicKey();
    }

    @Override
    public byte[] sign(byte[] message) {
        Signing engine = fastest;
        try {
            return (engine != null ? engine : choose()).sign(message);
        } catch (GeneralSecurityException e) {
            LOG.log(Level.WARNING, "a native signature failed; signing in Java");
            return inJava.sign(message);
        }
    }

    private synchronized Signing choose() {
        Signing chosen = fastest;
        if (chosen == null) {
            chosen = inNative();
            fastest = chosen;
        }
        return chosen;
    }

    private Signing inNative() {
        try {
            Signing engine = new Native(Conscrypt.newProvider(), inJava);
            if (Arrays.equals(engine.sign(PROBE), inJava.sign(PROBE))) {
                return engine;
            }
            LOG.log(Level.WARNING, "Conscrypt signs otherwise than Bouncy Castle; it is not used");
        } catch (GeneralSecurityException | LinkageError e) {
            LOG.log(
                    Level.INFO,
                    "signing in Java: Conscrypt cannot be used here ({0})",
                    e.getClass());
        }
        return inJava::sign;
    }

    @Override
    public String toString() {
        return "FastEd25519[" + keyId() + "]";
    }

    /// Signatures ready for use, each by one thread at a time.
    private static final class Native implements Signing {
        private final Provider provider;
        private final PrivateKey key;
        private final ArrayBlockingQueue<Signature> idle = new ArrayBlockingQueue<>(IDLE_MAX);

        Native(Provider provider, BouncyEd25519 key) throws GeneralSecurityException {
            this.provider = provider;
            byte[] seed = key.seed();
            byte[] encoded = Arrays.copyOf(PKCS8_HEAD, PKCS8_HEAD.length + seed.length);
            System.arraycopy(seed, 0, encoded, PKCS8_HEAD.length, seed.length);
            this.key =
                    KeyFactory.getInstance("Ed25519", provider)
                            .generatePrivate(new PKCS8EncodedKeySpec(encoded));
        }

        @Override
        public byte[] sign(byte[] message) throws GeneralSecurityException {
            Signature signature = idle.poll();
            if (signature == null) {
                signature = Signature.getInstance("Ed25519", provider);
                signature.initSign(key);
            }
            signature.update(message);
            byte[] signed = signature.sign();
            idle.offer(signature); // One too many is left to the collector.
            return signed;
        }
    }
}
