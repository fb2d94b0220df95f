package org.chancery.custody.olm;

import de.connect2x.trixnity.vodozemac.Curve25519PublicKey;
import de.connect2x.trixnity.vodozemac.olm.Account;
import de.connect2x.trixnity.vodozemac.olm.OlmMessage;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import org.chancery.archive.stock.Container;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The private half of one archive device, open in memory. It lives between two points: made and
/// sealed into its container in the ceremony, and opened again when a quorum has brought its key
/// together. The library overwrites it when it is closed.
///
/// **A trap:** the library's `pickle(key)` (5.0.1) encrypts nothing, whatever key it is given. Only
/// the dehydrated form is sealed, so this class knows no other.
public final class OlmAccount implements AutoCloseable {
    /// Bytes of the key of a container.
    public static final int KEY_BYTES = 32;

    private static final MethodHandle DEHYDRATE =
            Vodozemac.mangled(Account.class, "dehydratedDevice");
    private static final MethodHandle REHYDRATE =
            Vodozemac.mangled(Account.Companion.getClass(), "fromDehydratedDevice");

    private final Account account;

    private OlmAccount(Account account) {
        this.account = account;
    }

    /// What a device publishes of itself beside its two identity keys.
    public record Fallback(String id, PublicKey key) {}

    /// A session as its first message opens it.
    record Opened(OlmSession session, String plaintext) {}

    /// A new device, whose keys the library draws from the operating system.
    public static OlmAccount create() {
        return new OlmAccount(Vodozemac.ask("make a device", Account.Companion::invoke));
    }

    /// The device in the container; throws [OlmFault] if the key is not its key.
    public static OlmAccount open(Container container, byte[] key) {
        byte[] copy = key.clone();
        try {
            return new OlmAccount(
                    (Account)
                            Vodozemac.call(
                                    "open a container",
                                    REHYDRATE,
                                    Account.Companion,
                                    container.ciphertext(),
                                    container.nonce(),
                                    copy));
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    /// The device, sealed under the key.
    public Container seal(byte[] key) {
        byte[] copy = key.clone();
        try {
            Account.DehydratedDevice sealed =
                    (Account.DehydratedDevice)
                            Vodozemac.call("seal a container", DEHYDRATE, account, copy);
            return new Container(sealed.getCiphertext(), sealed.getNonce());
        } finally {
            Arrays.fill(copy, (byte) 0);
        }
    }

    public PublicKey ed25519() {
        return new PublicKey(account.getEd25519Key().getBase64());
    }

    public PublicKey curve25519() {
        return new PublicKey(account.getCurve25519Key().getBase64());
    }

    /// Makes the one fallback key. A second would make the first unreadable in the container.
    public Fallback makeFallback() {
        Vodozemac.ask("make a fallback key", account::generateFallbackKey);
        var pair = account.getFallbackKey();
        if (pair == null) {
            throw new IllegalStateException("no fallback key was made");
        }
        return new Fallback(pair.getFirst(), new PublicKey(pair.getSecond().getBase64()));
    }

    /// The device's signature, 64 bytes.
    public byte[] sign(byte[] message) {
        return UnpaddedBase64.decode(account.sign(message).getBase64()).orElseThrow();
    }

    /// The session that a pre-key message begins, and what the message says; throws [OlmFault].
    Opened openSession(String message, PublicKey sender) {
        return Vodozemac.ask(
                "open a session",
                () -> {
                    try (var key = Curve25519PublicKey.Companion.invoke(sender.value())) {
                        var preKey = OlmMessage.PreKey.Text.Companion.invoke(message);
                        var made = account.createInboundSession(preKey, key);
                        return new Opened(
                                new OlmSession(made.getSession()), made.getPlaintext().getValue());
                    }
                });
    }

    @Override
    public void close() {
        account.close();
    }

    @Override
    public String toString() {
        return "OlmAccount";
    }
}
