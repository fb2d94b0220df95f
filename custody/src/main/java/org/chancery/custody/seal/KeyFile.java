package org.chancery.custody.seal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.Argon2Parameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.chancery.archive.stock.Custodian;
import org.chancery.archive.stock.Fields;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.signing.UnpaddedBase64;

/// A key file: the two private keys of a holder behind a password, in a format of our own. The key
/// of
/// the file comes from the password by Argon2id (RFC 9106, section 4, second choice), the keys lie
/// under ChaCha20-Poly1305 (RFC 8439), and everything else in the file is authenticated with them.
public final class KeyFile {
    /// Largest key file.
    public static final int BYTES_MAX = 8_192;

    private static final String TYPE = "org.chancery.key_file.v1";
    private static final int KEY_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int NONCE_BYTES = 12;
    private static final int MAC_BITS = 128;

    private KeyFile() {}

    /// What a guess of the password costs.
    ///
    /// @param memoryKib memory
    /// @param passes over it
    /// @param lanes of it
    public record Cost(int memoryKib, int passes, int lanes) {
        /// 64 MiB, three passes: RFC 9106, section 4.
        public static final Cost USUAL = new Cost(64 * 1024, 3, 4);

        private static final int MEMORY_KIB_MAX = 1 << 20;
        private static final int PASSES_MAX = 64;
        private static final int LANES_MAX = 16;

        public Cost {
            if (passes < 1
                    || passes > PASSES_MAX
                    || lanes < 1
                    || lanes > LANES_MAX
                    || memoryKib < 8 * lanes
                    || memoryKib > MEMORY_KIB_MAX) {
                throw new MalformedArchive("the cost of a key file is out of range");
            }
        }
    }

    /// The bytes of the file.
    public static byte[] lock(HolderKeys keys, char[] password, Cost cost, SecureRandom random) {
        byte[] salt = drawn(SALT_BYTES, random);
        byte[] nonce = drawn(NONCE_BYTES, random);
        JsonObject open =
                JsonObject.builder()
                        .put("type", TYPE)
                        .put("card", keys.card().json())
                        .put("memory_kib", cost.memoryKib())
                        .put("passes", cost.passes())
                        .put("lanes", cost.lanes())
                        .put("salt", UnpaddedBase64.encode(salt))
                        .put("nonce", UnpaddedBase64.encode(nonce))
                        .build();
        try (Secret both = Secret.taking(new byte[2 * KEY_BYTES]);
                Secret key = derive(password, salt, cost)) {
            System.arraycopy(keys.sealing().scalar().bytes(), 0, both.bytes(), 0, KEY_BYTES);
            System.arraycopy(keys.signing().seed().bytes(), 0, both.bytes(), KEY_BYTES, KEY_BYTES);
            byte[] sealed = run(true, key, nonce, open.bytes(), both.bytes());
            return open.with("sealed", UnpaddedBase64.encode(sealed)).bytes();
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encryption does not fail", e);
        }
    }

    /// The card of the file, which is not secret. Whether it belongs to the keys, only [#unlock]
    /// finds out.
    public static Custodian card(byte[] file) {
        return Locked.read(Fields.canonical(file, BYTES_MAX, "a key file")).card();
    }

    /// The keys in the file; throws [SealFault] where the password is not the right one.
    public static HolderKeys unlock(byte[] file, char[] password) {
        JsonObject json = Fields.canonical(file, BYTES_MAX, "a key file");
        Locked locked = Locked.read(json);
        byte[] authenticated = json.without("sealed").bytes();
        try (Secret key = derive(password, bytes(locked.salt()), locked.cost());
                Secret both =
                        Secret.taking(
                                run(
                                        false,
                                        key,
                                        bytes(locked.nonce()),
                                        authenticated,
                                        bytes(locked.sealed())))) {
            if (both.bytes().length != 2 * KEY_BYTES) {
                throw new SealFault("the key file does not hold two keys");
            }
            byte[] halves = both.bytes();
            return new HolderKeys(
                    locked.card(),
                    SealingKey.of(Secret.taking(Arrays.copyOf(halves, KEY_BYTES))),
                    SigningKey.of(
                            Secret.taking(Arrays.copyOfRange(halves, KEY_BYTES, 2 * KEY_BYTES))));
        } catch (InvalidCipherTextException e) {
            throw new SealFault(
                    "the password is not that of the key file, or the file was changed");
        }
    }

    /// The file as it was read, each of its byte strings in base64 and of the right length.
    private record Locked(Custodian card, Cost cost, String salt, String nonce, String sealed) {
        static Locked read(JsonObject json) {
            Fields fields = Fields.ofType(json, TYPE);
            Locked locked =
                    new Locked(
                            Custodian.parse(fields.object("card")),
                            new Cost(
                                    fields.number("memory_kib", 0, Integer.MAX_VALUE),
                                    fields.number("passes", 0, Integer.MAX_VALUE),
                                    fields.number("lanes", 0, Integer.MAX_VALUE)),
                            base64(fields, "salt", SALT_BYTES),
                            base64(fields, "nonce", NONCE_BYTES),
                            base64(fields, "sealed", 2 * KEY_BYTES + MAC_BITS / Byte.SIZE));
            fields.end();
            return locked;
        }

        private static String base64(Fields fields, String name, int length) {
            String text = fields.base64(name);
            fields.must(
                    UnpaddedBase64.decode(text).filter(b -> b.length == length).isPresent(),
                    name + " is " + length + " bytes in base64");
            return text;
        }
    }

    private static Secret derive(char[] password, byte[] salt, Cost cost) {
        Argon2BytesGenerator generator = new Argon2BytesGenerator();
        generator.init(
                new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                        .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                        .withMemoryAsKB(cost.memoryKib())
                        .withIterations(cost.passes())
                        .withParallelism(cost.lanes())
                        .withSalt(salt)
                        .build());
        byte[] key = new byte[KEY_BYTES];
        try (Secret word = Secret.taking(new String(password).getBytes(UTF_8))) {
            generator.generateBytes(word.bytes(), key);
        }
        return Secret.taking(key);
    }

    private static byte[] run(
            boolean encrypt, Secret key, byte[] nonce, byte[] authenticated, byte[] input)
            throws InvalidCipherTextException {
        ChaCha20Poly1305 cipher = new ChaCha20Poly1305();
        cipher.init(
                encrypt,
                new AEADParameters(new KeyParameter(key.bytes()), MAC_BITS, nonce, authenticated));
        byte[] output = new byte[cipher.getOutputSize(input.length)];
        int written = cipher.processBytes(input, 0, input.length, output, 0);
        cipher.doFinal(output, written);
        return output;
    }

    private static byte[] bytes(String checked) {
        return UnpaddedBase64.decode(checked).orElseThrow();
    }

    private static byte[] drawn(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }
}
