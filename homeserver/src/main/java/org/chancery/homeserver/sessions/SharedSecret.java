package org.chancery.homeserver.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.protocol.error.MatrixError;

/// Proves by a secret of the configuration that a registration is the operator's wish: the way by
/// which scripts and test suites make accounts on other homeservers.
///
/// The proof is an HMAC over a nonce, the name, the password and whether the account administers. A
/// nonce is good once, for a minute.
public final class SharedSecret {
    private static final int NONCES_MAX = 10_000;
    private static final Duration NONCE_LIFE = Duration.ofMinutes(1);
    private static final String HMAC = "HmacSHA1"; // What the scripts of the world compute.

    private final SecretKeySpec key;
    private final Secrets secrets;
    private final Cache<String, Boolean> nonces;

    public SharedSecret(String secret, Secrets secrets, InstantSource clock) {
        this.key = new SecretKeySpec(secret.getBytes(UTF_8), HMAC);
        this.secrets = secrets;
        this.nonces =
                Caffeine.newBuilder()
                        .maximumSize(NONCES_MAX)
                        .expireAfterWrite(NONCE_LIFE)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /// A nonce for one proof.
    public String nonce() {
        String nonce = secrets.token();
        nonces.put(nonce, true);
        return nonce;
    }

    /// Uses the nonce up.
    ///
    /// @throws org.chancery.protocol.error.MatrixException `M_UNKNOWN` where it was not given out
    /// or
    ///     is over
    public void useUp(String nonce) {
        if (nonces.asMap().remove(nonce) == null) {
            throw new MatrixError.Unknown("unrecognised nonce").asException();
        }
    }

    /// Refuses whoever does not know the secret.
    ///
    /// @param username as it was sent
    /// @param mac in hexadecimal
    public void requireProof(
            String nonce, String username, String password, boolean admin, String mac) {
        String role = admin ? "admin" : "notadmin";
        String text = String.join("\0", nonce, username, password, role);
        String wanted = HexFormat.of().formatHex(hmac(text.getBytes(UTF_8)));
        byte[] given = mac.toLowerCase(Locale.ROOT).getBytes(UTF_8);
        if (!MessageDigest.isEqual(wanted.getBytes(UTF_8), given)) {
            throw new MatrixError.Forbidden("HMAC incorrect").asException();
        }
    }

    private byte[] hmac(byte[] text) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(key);
            return mac.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + HMAC, e);
        }
    }
}
