package org.chancery.archive.stock;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import org.chancery.protocol.signing.UnpaddedBase64;

/// A SHA-256 digest, written in unpadded base64. What is digested begins with the name of what it
/// is, so that the digest of one kind of thing is never that of another.
public record Digest(String value) implements Comparable<Digest> {
    private static final int BYTES = 32;

    public Digest {
        Encoded.check(value, BYTES, "digest");
    }

    /// The digest of these bytes as a thing of that kind.
    public static Digest of(String kind, byte[]... parts) {
        MessageDigest sha = sha256();
        sha.update(kind.getBytes(US_ASCII));
        sha.update((byte) 0);
        for (byte[] part : parts) {
            sha.update(part);
        }
        return new Digest(UnpaddedBase64.encode(sha.digest()));
    }

    /// One digest over many, in their order.
    public static Digest ofAll(String kind, List<Digest> digests) {
        return of(kind, digests.stream().map(Digest::bytes).toArray(byte[][]::new));
    }

    public byte[] bytes() {
        return Encoded.bytes(value);
    }

    @Override
    public int compareTo(Digest other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("no SHA-256 in this runtime", e);
        }
    }
}
