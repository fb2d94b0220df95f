package org.chancery.ledger.megolm;

import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.Pdu;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The clear header of a Megolm message (Megolm group ratchet, "Message format"): version 3, then
/// the
/// message index. No key is needed to read it, so gaps show without any opening.
///
/// @param session the id of the sender's session
/// @param index counts the messages of the session from 0
public record MegolmHeader(String session, long index) {
    private static final String MEGOLM = "m.megolm.v1.aes-sha2";
    private static final byte VERSION = 3;
    private static final byte INDEX_TAG = 0x08;
    private static final int VARINT_BYTES_MAX = 5;
    private static final long INDEX_MAX = 0xffff_ffffL;

    /// The header of an event that was encrypted with Megolm; empty for every other event, and for
    /// one whose ciphertext is none.
    public static Optional<MegolmHeader> of(Pdu event) {
        var content = event.content();
        boolean megolm = content.string("algorithm").filter(MEGOLM::equals).isPresent();
        var session = content.string("session_id");
        var ciphertext = content.string("ciphertext").flatMap(UnpaddedBase64::decode);
        boolean complete = megolm && session.isPresent() && ciphertext.isPresent();
        if (!event.type().equals(EventType.ENCRYPTED) || !complete) {
            return Optional.empty();
        }
        var index = index(ciphertext.orElseThrow());
        return index.isPresent()
                ? Optional.of(new MegolmHeader(session.orElseThrow(), index.getAsLong()))
                : Optional.empty();
    }

    /// The index in the bytes of a message.
    public static OptionalLong index(byte[] message) {
        if (message.length < 3 || message[0] != VERSION || message[1] != INDEX_TAG) {
            return OptionalLong.empty();
        }
        long index = 0;
        for (int i = 0; i < VARINT_BYTES_MAX && i + 2 < message.length; i++) {
            int next = message[i + 2];
            index |= (long) (next & 0x7f) << (7 * i);
            if (next >= 0) {
                return index <= INDEX_MAX ? OptionalLong.of(index) : OptionalLong.empty();
            }
        }
        return OptionalLong.empty();
    }
}
