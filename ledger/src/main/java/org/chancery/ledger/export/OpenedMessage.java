package org.chancery.ledger.export;

import java.util.Arrays;
import java.util.Locale;
import org.chancery.ledger.leaf.Document;
import org.chancery.ledger.leaf.MalformedLeaf;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;

/// One line of `room/messages.jsonl`: what an encrypted event says, as it was sent, and what is
/// known of who sent it.
///
/// @param plain the decrypted payload
/// @param session which Megolm session, and the number in it
public record OpenedMessage(EventId event, JsonObject plain, Session session, Sender sender) {
    private static final int BYTES_MAX = 1 << 18;
    private static final String TYPE = "org.chancery.opened_message.v1";

    /// The session with whose key the event was read: that its signature is valid is part of
    /// reading.
    public record Session(String id, long index) {}

    /// What the opening attests of the sender's device.
    ///
    /// @param curve25519 the identity key by which the room key came
    /// @param ed25519 the key that the Olm message names as the device's
    /// @param olm whether the room key came by Olm from the user that the event names as its sender
    public record Sender(String curve25519, String ed25519, boolean olm, Identity identity) {}

    /// What the log says of the device and its owner's identity.
    public enum Identity {
        /// The device's keys are in the log, and its owner's cross-signing keys are still the same.
        UNCHANGED,
        /// They are in the log, and the owner's cross-signing keys have changed since.
        CHANGED,
        /// No such device is in the log.
        NOT_LOGGED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Identity parse(String text) {
            for (Identity identity : values()) {
                if (identity.toString().equals(text)) {
                    return identity;
                }
            }
            throw new MalformedLeaf("an identity");
        }
    }

    /// Throws [MalformedLeaf].
    public static OpenedMessage parse(byte[] line) {
        var document = Document.parse(line, BYTES_MAX, TYPE);
        var message =
                new OpenedMessage(
                        document.parsed("event_id", EventId::parse),
                        document.object("plain"),
                        new Session(document.text("session_id"), document.number("index")),
                        new Sender(
                                document.text("curve25519"),
                                document.text("ed25519"),
                                document.text("olm").equals("verified"),
                                Identity.parse(document.text("identity"))));
        document.end();
        if (!Arrays.equals(line, message.bytes())) {
            throw new MalformedLeaf("olm");
        }
        return message;
    }

    /// The line in canonical JSON, without its end.
    public byte[] bytes() {
        return JsonObject.builder()
                .put("type", TYPE)
                .put("event_id", event.value())
                .put("plain", plain)
                .put("session_id", session.id())
                .put("index", session.index())
                .put("curve25519", sender.curve25519())
                .put("ed25519", sender.ed25519())
                .put("olm", sender.olm() ? "verified" : "another_sender")
                .put("identity", sender.identity().toString())
                .build()
                .bytes();
    }
}
