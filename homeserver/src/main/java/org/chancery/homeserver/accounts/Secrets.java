package org.chancery.homeserver.accounts;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.random.RandomGenerator;

/// Makes tokens, and the hashes under which they are stored: whoever reads the database can log in
/// as nobody.
public final class Secrets {
    private static final int TOKEN_BYTES = 32;
    private static final int DEVICE_LETTERS = 10;
    private static final int LOCALPART_LETTERS = 12;
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    private final RandomGenerator random;

    /// @param random must be cryptographically strong (`SecureRandom`)
    public Secrets(RandomGenerator random) {
        this.random = random;
    }

    /// A token of 256 random bits, in the letters that every kind of token allows.
    public String token() {
        byte[] bytes = new byte[TOKEN_BYTES];
        random.nextBytes(bytes);
        return BASE64.encodeToString(bytes);
    }

    /// A device id, as short as people like to compare them.
    public String deviceId() {
        return letters(DEVICE_LETTERS, 'A');
    }

    /// A localpart for who does not choose one.
    public String localpart() {
        return letters(LOCALPART_LETTERS, 'a');
    }

    private String letters(int count, char first) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append((char) (first + random.nextInt(26)));
        }
        return text.toString();
    }

    /// The SHA-256 of a token. A random token needs no slow hash.
    public static String hash(String token) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return BASE64.encodeToString(sha256.digest(token.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// A short name for a hash, by which a token can be listed and taken back.
    static String nameOf(String hash) {
        return hash.substring(0, 16);
    }
}
