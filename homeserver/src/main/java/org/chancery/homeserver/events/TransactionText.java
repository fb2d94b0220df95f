package org.chancery.homeserver.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;

/// How a [Transaction] is kept beside its event: the device and the id as text, and a 64-bit hash
/// of the whole as the key by which a retry finds it. The text decides, the hash only narrows.
public final class TransactionText {
    private TransactionText() {}

    /// `LENGTH:DEVICE` and the id behind it, so that neither can run into the other.
    public static String of(Transaction transaction) {
        return prefix(transaction.device().value()) + transaction.id();
    }

    /// The key of the index.
    public static long hash(Transaction transaction) {
        String whole =
                transaction.user()
                        + "\n"
                        + transaction.scope()
                        + "\n"
                        + TransactionText.of(transaction);
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(whole.getBytes(UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    static Optional<String> idFor(String text, String device) {
        String prefix = prefix(device);
        return text.startsWith(prefix)
                ? Optional.of(text.substring(prefix.length()))
                : Optional.empty();
    }

    private static String prefix(String device) {
        return device.length() + ":" + device;
    }
}
