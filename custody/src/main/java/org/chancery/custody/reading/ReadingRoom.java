package org.chancery.custody.reading;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.chancery.archive.stock.ArchiveDevice;
import org.chancery.archive.stock.MalformedArchive;
import org.chancery.archive.stock.PublicKey;
import org.chancery.custody.olm.MegolmKey;
import org.chancery.custody.olm.OlmAccount;
import org.chancery.custody.olm.OlmFault;
import org.chancery.custody.olm.OlmInbox;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;

/// Reads with one opened device of an archive user (client-server API,
/// "m.olm.v1.curve25519-aes-sha2"
/// and "m.megolm.v1.aes-sha2").
public final class ReadingRoom implements AutoCloseable {
    private static final String OLM = "m.olm.v1.curve25519-aes-sha2";
    private static final String MEGOLM = "m.megolm.v1.aes-sha2";
    private static final int PRE_KEY = 0;

    private final UserId archive;
    private final ArchiveDevice device;
    private final OlmInbox inbox;
    private final Map<Session, RoomKey> keys = new HashMap<>();

    private record Session(RoomId room, String id) {}

    /// The account stays its owner's to close.
    public ReadingRoom(UserId archive, ArchiveDevice device, OlmAccount account) {
        this.archive = archive;
        this.device = device;
        this.inbox = new OlmInbox(account);
    }

    /// Reads the messages in their order, and keeps the room keys among them.
    ///
    /// @return for each message why it could not be read; empty where it could
    public List<Optional<String>> receive(List<InboxMessage> messages) {
        List<Optional<String>> outcome = new ArrayList<>();
        for (InboxMessage message : messages) {
            try {
                take(message);
                outcome.add(Optional.empty());
            } catch (OlmFault | MalformedArchive | MalformedJson | MalformedId e) {
                outcome.add(Optional.of(String.valueOf(e.getMessage())));
            }
        }
        return outcome;
    }

    private void take(InboxMessage message) {
        JsonObject content = message.content();
        JsonObject ours =
                content.object("ciphertext")
                        .flatMap(all -> all.object(device.curve25519().value()))
                        .orElseThrow(() -> refused("it is not for this device"));
        if (!content.string("algorithm").orElse("").equals(OLM)
                || ours.integer("type").orElse(-1) != PRE_KEY) {
            throw refused("it is no pre-key message of Olm");
        }
        PublicKey senderKey = new PublicKey(content.string("sender_key").orElse(""));
        String plain = inbox.read(ours.string("body").orElse(""), senderKey);
        keep(message.sender(), senderKey, Json.parseObject(plain.getBytes(UTF_8)));
    }

    private void keep(UserId sender, PublicKey senderKey, JsonObject plain) {
        if (!plain.string("sender").orElse("").equals(sender.toString())) {
            throw refused("its sender is another than the server says");
        }
        if (!plain.string("recipient").orElse("").equals(archive.toString())
                || !ed25519(plain, "recipient_keys").equals(device.fingerprint())) {
            throw refused("it was written to somebody else");
        }
        PublicKey signingKey = ed25519(plain, "keys");
        JsonObject content = plain.object("content").orElse(JsonObject.EMPTY);
        if (plain.string("type").orElse("").equals("m.room_key")
                && content.string("algorithm").orElse("").equals(MEGOLM)) {
            RoomId room = RoomId.parse(content.string("room_id").orElse(""));
            MegolmKey key = MegolmKey.parse(content.string("session_key").orElse(""));
            keep(new RoomKey(room, key, sender, senderKey, signingKey));
        }
    }

    /// Of two keys of one session the one that reads from further back stays.
    private void keep(RoomKey key) {
        Session session = new Session(key.room(), key.key().id());
        RoomKey known = keys.get(session);
        if (known == null || key.key().firstIndex() < known.key().firstIndex()) {
            keys.put(session, key);
            if (known != null) {
                known.key().close();
            }
        } else {
            key.key().close();
        }
    }

    /// How many sessions can be read.
    public int sessions() {
        return keys.size();
    }

    /// What an `m.room.encrypted` event of a room says.
    public Reading read(RoomId room, JsonObject content) {
        if (!content.string("algorithm").orElse("").equals(MEGOLM)) {
            return new Reading.Unread(Reading.Cause.UNKNOWN_ALGORITHM, "not Megolm, version 1");
        }
        String session = content.string("session_id").orElse("");
        RoomKey key = keys.get(new Session(room, session));
        if (key == null) {
            return new Reading.Unread(Reading.Cause.NO_KEY, "session " + shown(session));
        }
        try {
            MegolmKey.Message message = key.key().decrypt(content.string("ciphertext").orElse(""));
            JsonObject plain = Json.parseObject(message.plaintext().getBytes(UTF_8));
            return plain.string("room_id").orElse("").equals(room.toString())
                    ? new Reading.Read(plain, message.index(), key)
                    : new Reading.Unread(
                            Reading.Cause.NOT_OF_THIS_ROOM, "session " + shown(session));
        } catch (OlmFault | MalformedJson e) {
            String detail = String.valueOf(e.getMessage());
            return new Reading.Unread(
                    detail.contains("unknown message index")
                            ? Reading.Cause.EARLIER_THAN_KEY
                            : Reading.Cause.UNDECRYPTABLE,
                    detail);
        }
    }

    private static PublicKey ed25519(JsonObject plain, String member) {
        return new PublicKey(
                plain.object(member).flatMap(keys -> keys.string("ed25519")).orElse(""));
    }

    private static String shown(String session) {
        return session.matches("[A-Za-z0-9+/_-]{1,64}") ? session : "of no valid name";
    }

    private static MalformedArchive refused(String why) {
        return new MalformedArchive("a message to the archive is left out: " + why);
    }

    @Override
    public void close() {
        keys.values().forEach(key -> key.key().close());
        keys.clear();
        inbox.close();
    }
}
