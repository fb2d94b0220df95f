package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Base64;
import org.chancery.protocol.json.JsonObject;

/// By what push services know this server again (RFC 8292): a pair of keys, whose public one
/// browsers are given when they subscribe.
public final class Vapid {
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();
    private static final Duration LIFE = Duration.ofHours(12); // A day at most is allowed.

    private final byte[] privateKey;
    private final String publicKey;

    private Vapid(byte[] privateKey, String publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /// A new pair, as [#fromKeyFile] reads it.
    public static String generateKeyFile(SecureRandom random) {
        KeyPair pair = P256.generate(random);
        return BASE64.encodeToString(pair.getPrivate().getEncoded())
                + "\n"
                + BASE64.encodeToString(P256.encode((ECPublicKey) pair.getPublic()))
                + "\n";
    }

    /// Two lines: the private key (PKCS#8) and the public one (a point), each in base64.
    public static Vapid fromKeyFile(String text) {
        String[] lines = text.strip().split("\n", -1);
        if (lines.length != 2) {
            throw new IllegalArgumentException("not a file of two keys");
        }
        return new Vapid(Base64.getUrlDecoder().decode(lines[0].strip()), lines[1].strip());
    }

    /// Read when something is signed: to start the JDK's cryptography costs time, and most starts
    /// are over long before the first push.
    private PrivateKey key() throws GeneralSecurityException {
        return KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(privateKey));
    }

    /// What browsers are given as `applicationServerKey`.
    public String publicKey() {
        return publicKey;
    }

    /// The header `Authorization` for a push service.
    ///
    /// @param contact where its operator can find ours, an address that begins with `https:` or
    ///     `mailto:`
    String authorization(URI endpoint, String contact, InstantSource clock) {
        String audience = endpoint.getScheme() + "://" + endpoint.getRawAuthority();
        JsonObject claims =
                JsonObject.of("aud", audience)
                        .with("exp", clock.instant().plus(LIFE).getEpochSecond())
                        .with("sub", contact);
        String signed =
                BASE64.encodeToString("{\"typ\":\"JWT\",\"alg\":\"ES256\"}".getBytes(UTF_8))
                        + "."
                        + BASE64.encodeToString(claims.bytes());
        return "vapid t=" + signed + "." + signature(signed) + ", k=" + publicKey;
    }

    private String signature(String text) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSAinP1363Format");
            signature.initSign(key());
            signature.update(text.getBytes(US_ASCII));
            return BASE64.encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a push could not be signed", e);
        }
    }
}
