package org.chancery.tlog.note;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A public key by its name and for its use: what a client pins (C2SP signed-note, "Verifier
/// keys").
public final class VerifierKey {
    private static final int KEY_BYTES = 32;
    private static final Pattern TEXT = Pattern.compile("([^+]*)\\+([0-9a-f]{8})\\+(.*)");

    private final String name;
    private final Use use;
    private final byte[] publicKey;

    /// What the key signs. The same key for another use has another ID.
    public enum Use {
        /// The text of a note, as the log signs its checkpoints.
        NOTE(0x01),
        /// A checkpoint and a time, as witnesses sign (`cosignature/v1`).
        COSIGNATURE(0x04);

        private final byte type;

        Use(int type) {
            this.type = (byte) type;
        }
    }

    /// The key of that name, 32 bytes; throws [MalformedNote].
    public VerifierKey(String name, Use use, byte[] publicKey) {
        if (publicKey.length != KEY_BYTES) {
            throw new MalformedNote("a key of " + publicKey.length + " bytes");
        }
        this.name = NoteText.keyName(name);
        this.use = use;
        this.publicKey = publicKey.clone();
    }

    /// Reads `name+id+key`; throws [MalformedNote], also for algorithms that are not spoken here.
    public static VerifierKey parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw new MalformedNote("not a verifier key");
        }
        var material = NoteText.base64(matcher.group(3));
        for (Use use : Use.values()) {
            if (material.length == KEY_BYTES + 1 && material[0] == use.type) {
                var publicKey = Arrays.copyOfRange(material, 1, material.length);
                var key = new VerifierKey(matcher.group(1), use, publicKey);
                if (!key.toString().equals(text)) {
                    throw new MalformedNote("a verifier key whose ID is another key's");
                }
                return key;
            }
        }
        throw new MalformedNote("a verifier key of an unknown kind");
    }

    public String name() {
        return name;
    }

    public Use use() {
        return use;
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /// Short and no proof of anything: it tells keys of one name apart.
    public int id() {
        try {
            var digest = MessageDigest.getInstance("SHA-256");
            digest.update((name + "\n").getBytes(UTF_8));
            digest.update(use.type);
            return ByteBuffer.wrap(digest.digest(publicKey)).getInt();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    /// The key as clients configure it.
    @Override
    public String toString() {
        var material = ByteBuffer.allocate(KEY_BYTES + 1).put(use.type).put(publicKey).array();
        var id = HexFormat.of().toHexDigits(id());
        return name + "+" + id + "+" + NoteText.base64(material);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof VerifierKey that
                && use == that.use
                && name.equals(that.name)
                && Arrays.equals(publicKey, that.publicKey);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(publicKey);
    }
}
