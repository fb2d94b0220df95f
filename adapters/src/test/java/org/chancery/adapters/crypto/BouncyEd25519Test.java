package org.chancery.adapters.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.Arrays;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.JsonSigning;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BouncyEd25519Test {
    private static final String SPEC_KEY = "ed25519 1 YJDBA9Xnr2sVqXD9Vj7XVUnmFZcZrlw8Md7kMW+3XA1";

    @Test
    void the_key_of_the_spec_signs_as_published() {
        var key = BouncyEd25519.fromKeyFile(SPEC_KEY);

        var signed = JsonSigning.sign(JsonObject.EMPTY, "domain", key);

        assertEquals(
                "{\"signatures\":{\"domain\":{\"ed25519:1\":\"K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg"
                        + "+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ\"}}}",
                signed.toString());
    }

    @Test
    void a_signature_holds_for_its_key_and_message_only() {
        var key = BouncyEd25519.generate("a", new SecureRandom());
        var other = BouncyEd25519.generate("a", new SecureRandom());
        var message = "hello".getBytes(UTF_8);
        var verifier = BouncyEd25519.verifier();

        var signature = key.sign(message);

        assertTrue(verifier.verify(key.publicKey(), message, signature));
        assertFalse(verifier.verify(other.publicKey(), message, signature));
        assertFalse(verifier.verify(key.publicKey(), "hallo".getBytes(UTF_8), signature));
    }

    @Test
    void malformed_keys_and_signatures_do_not_verify() {
        var key = BouncyEd25519.generate("a", new SecureRandom());
        var verifier = BouncyEd25519.verifier();
        var message = new byte[0];
        var noPoint = new byte[32];
        Arrays.fill(noPoint, (byte) 0xFF);

        assertFalse(verifier.verify(new byte[31], message, key.sign(message)));
        assertFalse(verifier.verify(noPoint, message, key.sign(message)));
        assertFalse(verifier.verify(key.publicKey(), message, new byte[63]));
        assertFalse(verifier.verify(key.publicKey(), message, new byte[64]));
    }

    @Test
    void a_key_comes_back_from_its_file() {
        var key = BouncyEd25519.generate("a_x1", new SecureRandom());

        var back = BouncyEd25519.fromKeyFile(key.toKeyFile());

        assertEquals("ed25519:a_x1", back.keyId().toString());
        assertArrayEquals(key.publicKey(), back.publicKey());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ed25519 1", "rsa 1 AAAA", "ed25519 1 AAAA", "ed25519 1 !", "a b c d"})
    void other_texts_are_no_key_file(String text) {
        assertThrows(IllegalArgumentException.class, () -> BouncyEd25519.fromKeyFile(text));
    }

    @Test
    void a_key_does_not_tell_its_seed() {
        var key = BouncyEd25519.fromKeyFile(SPEC_KEY);

        assertEquals("BouncyEd25519[ed25519:1]", key.toString());
    }
}
