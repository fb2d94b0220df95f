package org.chancery.custody.olm;

import de.connect2x.trixnity.vodozemac.megolm.InboundGroupSession;
import de.connect2x.trixnity.vodozemac.megolm.MegolmMessage;
import de.connect2x.trixnity.vodozemac.megolm.MegolmSessionConfig;
import de.connect2x.trixnity.vodozemac.megolm.SessionKey;

/// A Megolm session as a room key opened it: reads the room's events from the index on at which the
/// key was shared.
public final class MegolmKey implements AutoCloseable {
    private final InboundGroupSession session;

    private MegolmKey(InboundGroupSession session) {
        this.session = session;
    }

    /// What an event said, and its place in the session.
    public record Message(String plaintext, int index) {}

    /// The session of an `m.room_key`; throws [OlmFault].
    ///
    /// @param sessionKey in base64, as it stood in the event
    public static MegolmKey parse(String sessionKey) {
        return Vodozemac.ask(
                "read a room key",
                () -> {
                    try (var key = SessionKey.Companion.invoke(sessionKey);
                            var config = MegolmSessionConfig.Companion.v1()) {
                        return new MegolmKey(InboundGroupSession.Companion.invoke(key, config));
                    }
                });
    }

    /// The session's ID, which a forged key cannot choose: it is its Ed25519 key.
    public String id() {
        return session.getSessionId();
    }

    public int firstIndex() {
        return session.getFirstKnownIndex();
    }

    /// Throws [OlmFault] where the event is not of this session, was changed, or is of an earlier
    /// index.
    public Message decrypt(String ciphertext) {
        return Vodozemac.ask(
                "decrypt an event",
                () -> {
                    try (var message = MegolmMessage.Text.Companion.invoke(ciphertext)) {
                        var read = session.decrypt(message);
                        return new Message(read.getPlaintext().getValue(), read.getMessageIndex());
                    }
                });
    }

    @Override
    public void close() {
        session.close();
    }
}
