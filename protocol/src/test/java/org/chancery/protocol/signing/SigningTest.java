package org.chancery.protocol.signing;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningTest {
    private static final TestEd25519 KEY = TestEd25519.ofTheSpec();

    @ParameterizedTest
    @CsvSource({
        "'',''",
        "f,Zg",
        "fo,Zm8",
        "foo,Zm9v",
        "foob,Zm9vYg",
        "fooba,Zm9vYmE",
        "foobar,Zm9vYmFy"
    })
    void base64_is_as_the_spec_lists_it(String text, String base64) {
        assertEquals(base64, UnpaddedBase64.encode(text.getBytes(UTF_8)));
        assertArrayEquals(text.getBytes(UTF_8), UnpaddedBase64.decode(base64).orElseThrow());
    }

    @Test
    void base64_is_read_with_padding_and_in_both_alphabets() {
        var bytes = new byte[] {(byte) 0xFB, (byte) 0xFF, (byte) 0xFE, 1};

        assertEquals("+//+AQ", UnpaddedBase64.encode(bytes));
        assertEquals("-__-AQ", UnpaddedBase64.encodeUrlSafe(bytes));
        assertArrayEquals(bytes, UnpaddedBase64.decode("+//+AQ==").orElseThrow());
        assertArrayEquals(bytes, UnpaddedBase64.decode("-__-AQ").orElseThrow());
        assertTrue(UnpaddedBase64.decode("Z").isEmpty());
        assertTrue(UnpaddedBase64.decode("Z!").isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"-AAA, -8", "_AAA, -4", "A-AA, 3", "A_AA, 3"})
    void one_letter_tells_the_alphabet_wherever_it_stands(String base64, byte first) {
        var bytes = UnpaddedBase64.decode(base64).orElseThrow();

        assertEquals(3, bytes.length);
        assertEquals(first, bytes[0]);
        assertEquals(base64, UnpaddedBase64.encodeUrlSafe(bytes));
    }

    @Test
    void the_empty_object_of_the_spec_is_signed_as_published() {
        var signed = JsonSigning.sign(JsonObject.EMPTY, "domain", KEY);

        assertEquals(
                "{\"signatures\":{\"domain\":{\"ed25519:1\":\"K8280/U9SSy9IVtjBuVeLr+HpOB4BQFWbg"
                        + "+UZaADMtTdGYI7Geitb76LTrr5QV/7Xg4ahLwYGYZzuHGZKM5ZAQ\"}}}",
                signed.toString());
    }

    @Test
    void the_object_with_data_of_the_spec_is_signed_as_published() {
        var object = Json.parseObject("{\"one\":1,\"two\":\"Two\"}".getBytes(UTF_8));

        var signed = JsonSigning.sign(object, "domain", KEY);

        assertEquals(
                "{\"one\":1,\"signatures\":{\"domain\":{\"ed25519:1\":\"KqmLSbO39/Bzb0QIYE82zqLws"
                        + "A+PDzYIpIRA2sRQ4sL53+sN6/fpNSoqE7BP7vBZhG6kYdD13EIMJpvhJI+6Bw\"}},"
                        + "\"two\":\"Two\"}",
                signed.toString());
    }

    @Test
    void a_signature_covers_neither_unsigned_nor_other_signatures() {
        var signed = JsonSigning.sign(JsonObject.of("a", "b"), "domain", KEY);

        var more = JsonSigning.sign(signed, "other", TestEd25519.other(2)).with("unsigned", 1);

        assertTrue(JsonSigning.verify(more, "domain", KEY.keyId(), KEY.publicKey(), KEY));
        assertEquals(1, JsonSigning.signatures(more, "other").size());
    }

    @Test
    void a_changed_object_or_another_key_does_not_verify() {
        var signed = JsonSigning.sign(JsonObject.of("a", "b"), "domain", KEY);
        var other = TestEd25519.other(2);

        assertFalse(
                JsonSigning.verify(
                        signed.with("a", "c"), "domain", KEY.keyId(), KEY.publicKey(), KEY));
        assertFalse(JsonSigning.verify(signed, "domain", KEY.keyId(), other.publicKey(), KEY));
        assertFalse(JsonSigning.verify(signed, "domain", other.keyId(), KEY.publicKey(), KEY));
        assertFalse(JsonSigning.verify(signed, "x", KEY.keyId(), KEY.publicKey(), KEY));
    }

    @Test
    void signatures_that_are_not_understood_are_left_out() {
        var object =
                Json.parseObject(
                        """
                        {"signatures":{"a":{"rsa:1":"AA","ed25519:1":"AAAA","x":"AA",
                        "ed25519:2":7,"ed25519:3":"!"},"b":3}}"""
                                .getBytes(UTF_8));

        assertEquals(
                Map.of(KeyId.parse("ed25519:1"), 3),
                Map.of(
                        JsonSigning.signatures(object, "a").keySet().iterator().next(),
                        JsonSigning.signatures(object, "a").values().iterator().next().length));
        assertEquals(1, JsonSigning.signatures(object, "a").size());
        assertEquals(Map.of(), JsonSigning.signatures(object, "b"));
    }

    @Test
    void of_a_mass_of_signatures_a_hundred_are_looked_at() {
        var own = JsonObject.builder();
        for (int i = 0; i < 200; i++) {
            own.put("ed25519:" + i, "AAAA");
        }
        var object = JsonObject.of("signatures", JsonObject.of("a", own.build()));

        assertEquals(100, JsonSigning.signatures(object, "a").size());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "ed25519", "ed25519:", ":1"})
    void other_texts_are_no_key_ids(String text) {
        assertThrows(MalformedId.class, () -> KeyId.parse(text));
    }
}
