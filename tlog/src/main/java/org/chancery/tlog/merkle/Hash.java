package org.chancery.tlog.merkle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A node of the tree: SHA-256, of a leaf or of two nodes (RFC 6962, section 2.1). Leaves and nodes
/// are hashed with different first bytes, so that neither can pass for the other.
public final class Hash {
    public static final int BYTES = 32;

    /// The root of the tree without leaves: the hash of nothing.
    public static final Hash OF_EMPTY_TREE = new Hash(sha256().digest());

    private static final byte LEAF = 0x00;
    private static final byte NODE = 0x01;

    private final byte[] bytes;

    private Hash(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Those 32 bytes as a hash.
    public static Hash of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        }
        return new Hash(bytes.clone());
    }

    /// The 32 bytes that begin there.
    public static Hash at(byte[] bytes, int offset) {
        return of(Arrays.copyOfRange(bytes, offset, offset + BYTES));
    }

    /// Padded base64 without any freedom, as checkpoints and proofs write a hash.
    public static Optional<Hash> parse(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            var hash = bytes.length == BYTES ? new Hash(bytes) : null;
            return Optional.ofNullable(hash).filter(h -> h.toString().equals(base64));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public static Hash leaf(byte[] entry) {
        var digest = sha256();
        digest.update(LEAF);
        return new Hash(digest.digest(entry));
    }

    public static Hash node(Hash left, Hash right) {
        var digest = sha256();
        digest.update(NODE);
        digest.update(left.bytes);
        return new Hash(digest.digest(right.bytes));
    }

    /// The root over hashes that stand side by side on one level, at least one.
    public static Hash fold(List<Hash> hashes) {
        if (hashes.size() == 1) {
            return hashes.getFirst();
        }
        int left = Integer.highestOneBit(hashes.size() - 1);
        return node(fold(hashes.subList(0, left)), fold(hashes.subList(left, hashes.size())));
    }

    public byte[] bytes() {
        return bytes.clone();
    }

    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, BYTES);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Hash that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }
}
