package org.chancery.governance.records;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.concurrent.ArrayBlockingQueue;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Seals pieces: packed, then AES-256-GCM under a random key that is used this once, so that the
/// nonce may be the same always.
///
/// This hides nothing from who has the table of keys: what is confidential was encrypted by the
/// clients. It makes a piece unreadable for good once its key is destroyed, and shows every bit
/// that changed.
public final class Wrapping {
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int TAG_BITS = 128;
    private static final byte[] NONCE = new byte[12];
    private static final int IDLE_MAX = 4;

    private final SecureRandom random;
    private final Packing packing = new Packing();

    /// To look one up costs more than to seal an event with it.
    private final ArrayBlockingQueue<Cipher> idle = new ArrayBlockingQueue<>(IDLE_MAX);

    /// Draws keys from that source.
    public Wrapping(SecureRandom random) {
        this.random = random;
    }

    /// Seals bytes for their place.
    public Sealed seal(Place place, byte[] bytes) {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        try {
            Cipher known = idle.poll();
            Cipher cipher = known == null ? Cipher.getInstance(CIPHER) : known;
            begin(cipher, Cipher.ENCRYPT_MODE, key, place);
            byte[] body = cipher.doFinal(packing.pack(bytes));
            boolean _ = idle.offer(cipher);
            return new Sealed(key, body);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("no AES-GCM in this runtime", e);
        }
    }

    /// The bytes that were sealed for that place.
    ///
    /// @throws Unreadable where the body, the place or the key is not what it was
    public static byte[] open(Place place, Sealed sealed) {
        return new Opener().open(place, sealed);
    }

    /// Opens many pieces, one after the other.
    static final class Opener {
        private final Cipher cipher;

        Opener() {
            try {
                cipher = Cipher.getInstance(CIPHER);
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("no AES-GCM in this runtime", e);
            }
        }

        byte[] open(Place place, Sealed sealed) {
            if (sealed.key().length != KEY_BYTES) {
                throw new Unreadable(place, "its wrap key is of another length");
            }
            try {
                begin(cipher, Cipher.DECRYPT_MODE, sealed.key(), place);
                return Packing.unpack(place, cipher.doFinal(sealed.body()));
            } catch (GeneralSecurityException e) {
                throw new Unreadable(place, "its bytes or its wrap key have changed");
            }
        }
    }

    private static void begin(Cipher cipher, int mode, byte[] key, Place place)
            throws GeneralSecurityException {
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, NONCE));
        cipher.updateAAD(place.bytes());
    }
}
