package org.chancery.custody.olm;

import de.connect2x.trixnity.vodozemac.Curve25519PublicKey;
import de.connect2x.trixnity.vodozemac.megolm.GroupSession;
import de.connect2x.trixnity.vodozemac.megolm.MegolmSessionConfig;
import de.connect2x.trixnity.vodozemac.olm.Account;
import de.connect2x.trixnity.vodozemac.olm.OlmSessionConfig;
import de.connect2x.trixnity.vodozemac.olm.Session;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.PublicKey;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// A device that writes to a room as any client does: it encrypts its room key for the archive's
/// device as for a member's (client-server API, "m.room_key"), and its messages with that key. For
/// rehearsals, so that what is opened was written for the purpose.
public final class RehearsalSender implements AutoCloseable {
    private static final String OLM = "m.olm.v1.curve25519-aes-sha2";
    private static final String MEGOLM = "m.megolm.v1.aes-sha2";
    private static final int PRE_KEY = 0;

    private final UserId user;
    private final RoomId room;
    private final Account account;
    private GroupSession group;

    public RehearsalSender(UserId user, RoomId room) {
        this.user = user;
        this.room = room;
        this.account = Vodozemac.ask("make a device", Account.Companion::invoke);
        this.group = newGroup();
    }

    private static GroupSession newGroup() {
        return Vodozemac.ask(
                "make a room key",
                () -> GroupSession.Companion.invoke(MegolmSessionConfig.Companion.v1()));
    }

    /// A session to one device, with which room keys are sent to it in order.
    public final class Line implements AutoCloseable {
        private final UserId owner;
        private final ArchiveDevice device;
        private final Session session;

        private Line(UserId owner, ArchiveDevice device, Session session) {
            this.owner = owner;
            this.device = device;
            this.session = session;
        }

        /// The content of the `m.room.encrypted` to-device event that brings the room key.
        public JsonObject roomKey() {
            JsonObject key =
                    JsonObject.builder()
                            .put("algorithm", MEGOLM)
                            .put("room_id", room.toString())
                            .put("session_id", group.getSessionId())
                            .put("session_key", group.getSessionKey().getBase64())
                            .build();
            return encrypt("m.room_key", key);
        }

        /// Any event, encrypted to the device.
        public JsonObject encrypt(String type, JsonObject content) {
            JsonObject plain =
                    JsonObject.builder()
                            .put("type", type)
                            .put("content", content)
                            .put("sender", user.toString())
                            .put("recipient", owner.toString())
                            .put("recipient_keys", ed25519(device.fingerprint().value()))
                            .put("keys", ed25519(account.getEd25519Key().getBase64()))
                            .build();
            String body = session.encrypt(plain.toString()).getBase64();
            JsonObject message = JsonObject.EMPTY.with("type", PRE_KEY).with("body", body);
            return JsonObject.builder()
                    .put("algorithm", OLM)
                    .put("sender_key", curve25519().value())
                    .put("ciphertext", JsonObject.of(device.curve25519().value(), message))
                    .build();
        }

        @Override
        public void close() {
            session.close();
        }
    }

    /// A session that begins with the device's fallback key, as it has no other.
    public Line to(UserId owner, ArchiveDevice device) {
        return Vodozemac.ask(
                "begin a session",
                () -> {
                    try (var identity =
                                    Curve25519PublicKey.Companion.invoke(
                                            device.curve25519().value());
                            var fallback =
                                    Curve25519PublicKey.Companion.invoke(
                                            device.fallbackKey().value())) {
                        return new Line(
                                owner,
                                device,
                                account.createOutboundSession(
                                        identity, fallback, OlmSessionConfig.Companion.v1()));
                    }
                });
    }

    /// Goes on with a new room key, as clients do after a day or a hundred messages.
    public void rotate() {
        group.close();
        group = newGroup();
    }

    /// The content of the `m.room.encrypted` event that says this.
    public JsonObject message(String text) {
        return event(
                "m.room.message", JsonObject.EMPTY.with("msgtype", "m.text").with("body", text));
    }

    /// The content of the `m.room.encrypted` event that is any event.
    public JsonObject event(String type, JsonObject content) {
        JsonObject plain =
                JsonObject.builder()
                        .put("type", type)
                        .put("content", content)
                        .put("room_id", room.toString())
                        .build();
        return JsonObject.builder()
                .put("algorithm", MEGOLM)
                .put("session_id", group.getSessionId())
                .put("ciphertext", group.encrypt(plain.toString()).getBase64())
                .build();
    }

    public UserId user() {
        return user;
    }

    /// The identity key of the sending device.
    public PublicKey curve25519() {
        return new PublicKey(account.getCurve25519Key().getBase64());
    }

    /// The key by which people and the log name the sending device.
    public PublicKey ed25519() {
        return new PublicKey(account.getEd25519Key().getBase64());
    }

    @Override
    public void close() {
        group.close();
        account.close();
    }

    private static JsonObject ed25519(String key) {
        return JsonObject.of("ed25519", key);
    }
}
