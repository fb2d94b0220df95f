package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.interfaces.ECPublicKey;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Encrypts a message for a browser, so that the push service in between cannot read it (RFC 8291,
/// `aes128gcm` of RFC 8188), with nothing but the JDK.
final class WebPushCipher {
    /// What a push service must take at least (RFC 8030, 7.2), less what encryption adds.
    static final int PLAIN_BYTES_MAX = 4_096 - 21 - P256.POINT_BYTES - 17;

    static final int SALT_BYTES = 16;
    static final int AUTH_BYTES = 16;

    private static final int RECORD_BYTES = 4_096;
    private static final int KEY_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte LAST_RECORD = 2;

    private WebPushCipher() {}

    /// @param receiver the browser's public key
    /// @param auth the browser's secret
    /// @param sender a pair of keys for this message only
    /// @param salt random
    static byte[] encrypt(byte[] plain, byte[] receiver, byte[] auth, KeyPair sender, byte[] salt) {
        if (plain.length > PLAIN_BYTES_MAX) {
            throw new IllegalArgumentException("longer than a push service must take");
        }
        try {
            byte[] senderPoint = P256.encode((ECPublicKey) sender.getPublic());
            KeyAgreement agreement = KeyAgreement.getInstance("ECDH");
            agreement.init(sender.getPrivate());
            agreement.doPhase(P256.decode(receiver), true);
            byte[] shared =
                    hmac(
                            hmac(auth, agreement.generateSecret()),
                            ascii("WebPush: info\0"),
                            receiver,
                            senderPoint,
                            new byte[] {1});
            byte[] seed = hmac(salt, shared);
            byte[] key = expand(seed, "Content-Encoding: aes128gcm\0", KEY_BYTES);
            byte[] nonce = expand(seed, "Content-Encoding: nonce\0", NONCE_BYTES);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key, "AES"),
                    new GCMParameterSpec(TAG_BITS, nonce));
            byte[] padded = Arrays.copyOf(plain, plain.length + 1);
            padded[plain.length] = LAST_RECORD;
            byte[] sealed = cipher.doFinal(padded);
            return ByteBuffer.allocate(SALT_BYTES + 5 + senderPoint.length + sealed.length)
                    .put(salt)
                    .putInt(RECORD_BYTES)
                    .put((byte) senderPoint.length)
                    .put(senderPoint)
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a message could not be encrypted", e);
        }
    }

    private static byte[] expand(byte[] seed, String info, int bytes)
            throws GeneralSecurityException {
        return Arrays.copyOf(hmac(seed, ascii(info), new byte[] {1}), bytes);
    }

    private static byte[] hmac(byte[] key, byte[]... parts) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(key, "HmacSHA256"));
        for (byte[] part : parts) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(US_ASCII);
    }
}
