package org.chancery.custody.olm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import de.connect2x.trixnity.vodozemac.olm.Account;
import java.lang.invoke.MethodHandle;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.chancery.archive.stock.Container;
import org.chancery.custody.seal.Canary;
import org.chancery.custody.seal.SigningKey;
import org.junit.jupiter.api.Test;

class OlmAccountTest {
    private static final Pattern ARRAY = Pattern.compile("\\[(\\d{1,3}(?:,\\d{1,3}){31})\\]");
    private final byte[] key = drawn();

    @Test
    void a_device_comes_back_from_its_container_with_the_same_keys() {
        try (OlmAccount account = OlmAccount.create()) {
            account.makeFallback();

            Container container = account.seal(key);
            try (OlmAccount again = OlmAccount.open(container, key)) {
                assertEquals(account.ed25519(), again.ed25519());
                assertEquals(account.curve25519(), again.curve25519());
            }
        }
    }

    @Test
    void a_container_refuses_every_key_that_differs_in_one_bit() {
        try (OlmAccount account = OlmAccount.create()) {
            Container container = account.seal(key);

            for (int bit = 0; bit < Byte.SIZE * key.length; bit++) {
                byte[] wrong = key.clone();
                wrong[bit / Byte.SIZE] ^= (byte) (1 << (bit % Byte.SIZE));
                assertThrows(OlmFault.class, () -> OlmAccount.open(container, wrong));
            }
        }
    }

    @Test
    void a_container_that_was_changed_is_refused() {
        try (OlmAccount account = OlmAccount.create()) {
            Container container = account.seal(key);
            char first = container.ciphertext().charAt(0);
            String changed = (first == 'A' ? 'B' : 'A') + container.ciphertext().substring(1);

            var fault =
                    assertThrows(
                            OlmFault.class,
                            () -> OlmAccount.open(new Container(changed, container.nonce()), key));

            assertTrue(fault.getMessage().startsWith("open a container: "));
        }
    }

    @Test
    void the_device_signs_with_the_key_that_it_shows() {
        try (OlmAccount account = OlmAccount.create()) {
            byte[] message = "message".getBytes(UTF_8);

            byte[] signature = account.sign(message);

            assertTrue(SigningKey.verifier().verify(account.ed25519().bytes(), message, signature));
        }
    }

    @Test
    void the_plain_pickle_of_the_library_is_not_sealed_and_the_container_is() {
        Account inner = Account.Companion.invoke();
        MethodHandle pickle = Vodozemac.mangled(Account.class, "pickle");
        String open = (String) Vodozemac.call("pickle", pickle, inner, key);
        List<byte[]> secrets = secretsIn(open);

        byte[] container = sealed(inner).json().bytes();

        assertFalse(secrets.isEmpty(), "the trap is gone: the pickle shows no private bytes");
        for (byte[] secret : secrets) {
            assertFalse(Canary.of(secret).isIn(container));
        }
        assertFalse(Canary.of(key).isIn(container));
    }

    private Container sealed(Account inner) {
        MethodHandle dehydrate = Vodozemac.mangled(Account.class, "dehydratedDevice");
        var sealed = (Account.DehydratedDevice) Vodozemac.call("seal", dehydrate, inner, key);
        return new Container(sealed.getCiphertext(), sealed.getNonce());
    }

    /// The arrays of 32 numbers in a pickle, which is JSON, or JSON in base64.
    private static List<byte[]> secretsIn(String pickle) {
        String json =
                pickle.startsWith("{")
                        ? pickle
                        : new String(Base64.getMimeDecoder().decode(pickle), ISO_8859_1);
        List<byte[]> secrets = new ArrayList<>();
        ARRAY.matcher(json).results().map(OlmAccountTest::bytes).forEach(secrets::add);
        return secrets;
    }

    private static byte[] bytes(MatchResult numbers) {
        String[] texts = numbers.group(1).split(",", -1);
        byte[] bytes = new byte[texts.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(texts[i]);
        }
        return bytes;
    }

    private static byte[] drawn() {
        byte[] bytes = new byte[OlmAccount.KEY_BYTES];
        new SecureRandom().nextBytes(bytes);
        return bytes;
    }
}
