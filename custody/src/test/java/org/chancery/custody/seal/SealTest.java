package org.chancery.custody.seal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.junit.jupiter.api.Test;

class SealTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final KeyFile.Cost CHEAP = new KeyFile.Cost(64, 1, 1);
    private static final byte[] HERE = "here".getBytes(UTF_8);

    @Test
    void sealing_gives_the_bytes_of_the_specification() {
        // RFC 9180, appendix A.2.1, sequence number 0.
        byte[] info = hex("4f6465206f6e2061204772656369616e2055726e");
        byte[] beside = hex("436f756e742d30");
        String plain = "4265617574792069732074727574682c20747275746820626561757479";
        byte[] ephemeral = hex("f4ec9b33b792c372c1d2c2063507b684ef925b8c75a42dbcbf57d63ccd381600");
        SealingKey key =
                SealingKey.of(
                        secret("8057991eef8f1f1af18f4a9491d16a1ce333f695d4db8e38da75975c4478e0fb"));

        SealingKey.Sealed sealed =
                SealingKey.seal(key.key(), info, beside, secret(plain), new Fixed(ephemeral));

        assertEquals(
                "1afa08d3dec047a643885163f1180476fa7ddb54c6a8029ea33f95796bf2ac4a",
                shown(sealed.encapsulated()));
        assertEquals(
                "1c5250d8034ec2b784ba2cfd69dbdb8af406cfe3ff938e131f0def8c8b60b4db"
                        + "21993c62ce81883d2dd1b51a28",
                shown(sealed.ciphertext()));
        assertArrayEquals(hex(plain), key.open(sealed, info, beside).bytes());
    }

    @Test
    void a_seal_opens_with_its_key_in_its_place_only() {
        SealingKey key = SealingKey.drawn(RANDOM);
        Secret secret = Secret.drawn(32, RANDOM);
        SealingKey.Sealed sealed = SealingKey.seal(key.key(), HERE, secret, RANDOM);

        Secret opened = key.open(sealed, HERE);

        assertEquals(secret, opened);
        assertThrows(SealFault.class, () -> key.open(sealed, "there".getBytes(UTF_8)));
        assertThrows(SealFault.class, () -> SealingKey.drawn(RANDOM).open(sealed, HERE));
    }

    @Test
    void a_changed_seal_does_not_open() {
        SealingKey key = SealingKey.drawn(RANDOM);
        SealingKey.Sealed sealed =
                SealingKey.seal(key.key(), HERE, Secret.drawn(32, RANDOM), RANDOM);
        String changed = flipped(sealed.ciphertext());
        String other = flipped(sealed.encapsulated());

        List<SealingKey.Sealed> wrong =
                List.of(
                        new SealingKey.Sealed(sealed.encapsulated(), changed),
                        new SealingKey.Sealed(other, sealed.ciphertext()),
                        new SealingKey.Sealed("AAAA", sealed.ciphertext()),
                        new SealingKey.Sealed(
                                UnpaddedBase64.encode(new byte[32]), sealed.ciphertext()),
                        new SealingKey.Sealed(sealed.encapsulated(), ""));

        wrong.forEach(one -> assertThrows(SealFault.class, () -> key.open(one, HERE)));
    }

    @Test
    void any_three_of_five_shares_give_the_key_and_no_two_do() {
        Secret key = Secret.drawn(32, RANDOM);
        List<Secret> shares = SplitKey.split(key, 3, 5, RANDOM);

        for (int without = 0; without < 32; without++) {
            Map<Integer, Secret> some = chosen(shares, without);
            if (some.size() >= 3) {
                assertEquals(key, SplitKey.join(some, 3, 5, RANDOM));
            } else {
                assertThrows(SealFault.class, () -> SplitKey.join(some, 3, 5, RANDOM));
            }
        }
    }

    @Test
    void a_share_beyond_the_quorum_that_is_not_of_the_key_is_seen() {
        List<Secret> shares = SplitKey.split(Secret.drawn(32, RANDOM), 3, 5, RANDOM);
        Map<Integer, Secret> all = chosen(shares, 31);
        all.put(5, Secret.drawn(32, RANDOM));

        var fault = assertThrows(SealFault.class, () -> SplitKey.join(all, 3, 5, RANDOM));

        assertEquals("the shares are not of one key", fault.getMessage());
    }

    @Test
    void a_key_file_opens_with_its_password_only() {
        HolderKeys keys = HolderKeys.drawn("Ada", "House", RANDOM);
        byte[] file = KeyFile.lock(keys, "correct horse".toCharArray(), CHEAP, RANDOM);

        HolderKeys again = KeyFile.unlock(file, "correct horse".toCharArray());

        assertEquals(keys.card(), again.card());
        assertEquals(keys.card(), KeyFile.card(file));
        assertEquals(keys.sealing().scalar(), again.sealing().scalar());
        assertEquals(keys.signing().seed(), again.signing().seed());
        assertThrows(SealFault.class, () -> KeyFile.unlock(file, "correct hors".toCharArray()));
    }

    @Test
    void a_key_file_in_which_a_byte_was_changed_does_not_open() {
        HolderKeys keys = HolderKeys.drawn("Ada", "House", RANDOM);
        byte[] file = KeyFile.lock(keys, "correct horse".toCharArray(), CHEAP, RANDOM);

        for (int at = 0; at < file.length; at++) {
            byte[] changed = file.clone();
            changed[at] ^= 1;
            assertFalse(opens(changed), "byte " + at);
        }
    }

    @Test
    void no_half_of_a_key_lies_open_in_the_key_file() {
        HolderKeys keys = HolderKeys.drawn("Ada", "House", RANDOM);

        byte[] file = KeyFile.lock(keys, "correct horse".toCharArray(), CHEAP, RANDOM);

        assertFalse(Canary.of(keys.sealing().scalar().bytes()).isIn(file));
        assertFalse(Canary.of(keys.signing().seed().bytes()).isIn(file));
        assertTrue(Canary.of(keys.card().sealing().bytes()).isIn(file));
    }

    @Test
    void a_secret_is_overwritten_when_it_is_closed_and_not_shown() {
        byte[] bytes = {1, 2, 3};
        Secret secret = Secret.taking(bytes);

        secret.close();

        assertArrayEquals(new byte[3], bytes);
        assertThrows(IllegalStateException.class, secret::bytes);
        assertEquals("Secret", secret.toString());
        HolderKeys keys = HolderKeys.drawn("Ada", "House", RANDOM);
        String seed = UnpaddedBase64.encode(keys.signing().seed().bytes());
        assertFalse(keys.toString().contains(seed));
    }

    @Test
    void a_card_is_taken_with_its_own_signature_only() {
        HolderKeys keys = HolderKeys.drawn("Ada", "House", RANDOM);
        byte[] card = keys.signedCard();

        Custodian read = Custodian.readCard(card, SigningKey.verifier());

        assertEquals(keys.card(), read);
        assertTrue(read.isFingerprint(read.fingerprint().toLowerCase(Locale.ROOT)));
        String other = new String(card, UTF_8).replace("Ada", "Eve");
        assertThrows(
                MalformedArchive.class,
                () -> Custodian.readCard(other.getBytes(UTF_8), SigningKey.verifier()));
    }

    private static boolean opens(byte[] file) {
        try (HolderKeys keys = KeyFile.unlock(file, "correct horse".toCharArray())) {
            return !keys.card().name().isEmpty();
        } catch (SealFault | MalformedArchive e) {
            return false;
        }
    }

    private static Map<Integer, Secret> chosen(List<Secret> shares, int bits) {
        Map<Integer, Secret> some = new HashMap<>();
        for (int i = 0; i < shares.size(); i++) {
            if (((bits >> i) & 1) == 1) {
                some.put(i + 1, shares.get(i));
            }
        }
        return some;
    }

    private static Secret secret(String hex) {
        return Secret.taking(hex(hex));
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private static String shown(String base64) {
        return HexFormat.of().formatHex(UnpaddedBase64.decode(base64).orElseThrow());
    }

    private static String flipped(String base64) {
        byte[] bytes = UnpaddedBase64.decode(base64).orElseThrow();
        bytes[3] ^= 4;
        return UnpaddedBase64.encode(bytes);
    }

    /// Gives the same bytes each time.
    private static final class Fixed extends SecureRandom {
        private static final long serialVersionUID = 1;
        private final byte[] given;

        Fixed(byte[] given) {
            this.given = given;
        }

        @Override
        public void nextBytes(byte[] bytes) {
            System.arraycopy(given, 0, bytes, 0, bytes.length);
        }
    }
}
