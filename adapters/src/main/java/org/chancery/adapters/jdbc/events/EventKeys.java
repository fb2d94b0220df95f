package org.chancery.adapters.jdbc.events;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.roomversion.RoomVersion;

/// Event ids as the tables hold them: the 32 bytes of the reference hash, or the bytes of the id in
/// room versions 1 and 2, which name events freely.
final class EventKeys {
    private static final int HASH_BYTES = 32;
    private static final int HASH_ID_LENGTH = 44;

    private EventKeys() {}

    static byte[] key(EventId id) {
        String text = id.value();
        if (text.length() == HASH_ID_LENGTH) {
            try {
                String urlSafe = text.substring(1).replace('+', '-').replace('/', '_');
                byte[] hash = Base64.getUrlDecoder().decode(urlSafe);
                if (hash.length == HASH_BYTES) {
                    return hash;
                }
            } catch (IllegalArgumentException e) {
                return text.getBytes(UTF_8); // 44 characters, but a free name of version 1 or 2.
            }
        }
        return text.getBytes(UTF_8);
    }

    /// What the index holds: the start of a key that is a hash itself, else a hash of the key.
    static long hash(byte[] key) {
        return key.length == HASH_BYTES
                ? ByteBuffer.wrap(key).getLong()
                : UUID.nameUUIDFromBytes(key).getMostSignificantBits();
    }

    static EventId id(byte[] key, RoomVersion version) {
        return switch (version) {
            case V1, V2 -> new EventId(new String(key, UTF_8));
            case V3 -> new EventId("$" + Base64.getEncoder().withoutPadding().encodeToString(key));
            default ->
                    new EventId("$" + Base64.getUrlEncoder().withoutPadding().encodeToString(key));
        };
    }
}
