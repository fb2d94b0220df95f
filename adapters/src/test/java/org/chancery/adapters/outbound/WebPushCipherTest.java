package org.chancery.adapters.outbound;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.URI;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECPrivateKeySpec;
import java.util.Base64;
import org.chancery.protocol.json.Json;
import org.chancery.testkit.ManualClock;
import org.junit.jupiter.api.Test;

/// Against the example of RFC 8291, section 5 and appendix A.
class WebPushCipherTest {
    private static final byte[] RECEIVER =
            bytes(
                    "BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4"
                            + "bjyPjs7Vd8pZGH6SRpkNto"
                            + "IAiw4");
    private static final byte[] SENDER =
            bytes(
                    "BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmY"
                            + "WAmS6TlzAC8wEqKK6PBru3"
                            + "jl7A8");
    private static final byte[] AUTH = bytes("BTBZMqHH6r4Tts7J_aSIgg");
    private static final byte[] SALT = bytes("DGv6ra1nlYgDCS1FRnbzlw");

    private static byte[] bytes(String base64) {
        return Base64.getUrlDecoder().decode(base64);
    }

    @Test
    void the_example_of_the_rfc_comes_out_byte_for_byte() throws Exception {
        ECPublicKey senderKey = P256.decode(SENDER);
        var scalar = new BigInteger(1, bytes("yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw"));
        var pair =
                new KeyPair(
                        senderKey,
                        KeyFactory.getInstance("EC")
                                .generatePrivate(
                                        new ECPrivateKeySpec(scalar, senderKey.getParams())));

        byte[] sealed =
                WebPushCipher.encrypt(
                        "When I grow up, I want to be a watermelon".getBytes(UTF_8),
                        RECEIVER,
                        AUTH,
                        pair,
                        SALT);

        assertArrayEquals(
                bytes(
                        "DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy"
                                + "27mlmlMoZIIgDll6e3"
                                + "vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1C"
                                + "XztLVBSt2Ks3"
                                + "oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN"),
                sealed);
    }

    @Test
    void a_message_never_outgrows_what_a_push_service_takes() {
        var sender = P256.generate(new SecureRandom());
        var longest = new byte[WebPushCipher.PLAIN_BYTES_MAX];

        assertEquals(4_096, WebPushCipher.encrypt(longest, RECEIVER, AUTH, sender, SALT).length);
        assertThrows(
                IllegalArgumentException.class,
                () -> WebPushCipher.encrypt(new byte[4_000], RECEIVER, AUTH, sender, SALT));
    }

    @Test
    void a_key_that_is_no_point_of_the_curve_is_refused() {
        byte[] off = RECEIVER.clone();
        off[64] ^= 1;

        assertThrows(IllegalArgumentException.class, () -> P256.decode(off));
        assertThrows(IllegalArgumentException.class, () -> P256.decode(new byte[65]));
        assertThrows(IllegalArgumentException.class, () -> P256.decode(new byte[0]));
    }

    @Test
    void a_key_is_written_as_it_was_read() {
        for (int i = 0; i < 50; i++) {
            byte[] point = P256.encode((ECPublicKey) P256.generate(new SecureRandom()).getPublic());

            assertArrayEquals(point, P256.encode(P256.decode(point)));
        }
    }

    @Test
    void a_push_is_signed_for_its_service_and_no_longer_than_a_day() throws Exception {
        String file = Vapid.generateKeyFile(new SecureRandom());
        Vapid vapid = Vapid.fromKeyFile(file);
        var clock = ManualClock.standing();

        String header =
                vapid.authorization(
                        URI.create("https://push.example.org:8443/x/y?z"),
                        "https://chat.example.org",
                        clock);

        String token = header.substring("vapid t=".length(), header.indexOf(", k="));
        assertEquals(vapid.publicKey(), header.substring(header.indexOf(", k=") + 4));
        int dot = token.lastIndexOf('.');
        var check = Signature.getInstance("SHA256withECDSAinP1363Format");
        check.initVerify(P256.decode(bytes(vapid.publicKey())));
        check.update(token.substring(0, dot).getBytes(UTF_8));
        assertTrue(check.verify(bytes(token.substring(dot + 1))));
        var claims = Json.parseObject(bytes(token.split("\\.", -1)[1]));
        assertEquals("https://push.example.org:8443", claims.string("aud").orElseThrow());
        assertEquals("https://chat.example.org", claims.string("sub").orElseThrow());
        assertEquals(
                clock.instant().plusSeconds(43_200).getEpochSecond(),
                claims.integer("exp").orElseThrow());
    }
}
