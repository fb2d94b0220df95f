package org.chancery.custody.seal;

import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// Bytes that nobody else may know, overwritten when they are closed.
public final class Secret implements AutoCloseable {
    private final byte[] bytes;
    private boolean wiped;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /// Takes the array over, and overwrites it in the end.
    public static Secret taking(byte[] bytes) {
        return new Secret(bytes);
    }

    public static Secret drawn(int length, SecureRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return new Secret(bytes);
    }

    /// The array itself, no copy: not to be kept.
    public byte[] bytes() {
        if (wiped) {
            throw new IllegalStateException("a secret is used after it was wiped");
        }
        return bytes;
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        wiped = true;
    }

    /// In a time that tells nothing.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Secret.class.hashCode();
    }

    @Override
    public String toString() {
        return "Secret";
    }
}
