package org.chancery.ledger.megolm;

import java.util.Arrays;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.signing.UnpaddedBase64;
import org.chancery.protocol.signing.Verifier;

/// The signature at the end of each Megolm message (Megolm group ratchet, "Message format"): the
/// last
/// 64 bytes, by the Ed25519 key that is the session's id, over all before them. Anybody can check
/// it without reading anything.
public final class MegolmSignature {
    private static final int BYTES = 64;

    private MegolmSignature() {}

    /// Whether the owner of the session made the ciphertext of this event.
    public static boolean holds(Pdu event, Verifier verifier) {
        var message = event.content().string("ciphertext").flatMap(UnpaddedBase64::decode);
        var key = event.content().string("session_id").flatMap(UnpaddedBase64::decode);
        if (message.isEmpty() || key.isEmpty() || message.get().length <= BYTES) {
            return false;
        }
        byte[] bytes = message.get();
        int end = bytes.length - BYTES;
        return verifier.verify(
                key.get(), Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, end, bytes.length));
    }
}
