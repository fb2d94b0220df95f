package org.chancery.protocol.event;

import org.chancery.protocol.id.EventId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.JsonSigning;
import org.chancery.protocol.signing.UnpaddedBase64;

/// The hash over what outlives redaction, by which events name each other (Server-Server API,
/// "Calculating the reference hash for an event").
public final class ReferenceHash {
    private ReferenceHash() {}

    public static byte[] of(JsonObject event, RoomVersion version) {
        return Sha256.of(JsonSigning.signedBytes(Redaction.redact(event, version)));
    }

    /// The event's ID: its reference hash, or in room versions 1 and 2 what stands in the event.
    /// Throws [MalformedPdu].
    public static EventId eventId(JsonObject event, RoomVersion version) {
        return switch (version.eventIdFormat()) {
            case ASSIGNED -> PduFields.assignedId(event);
            case HASH_BASE64 -> new EventId("$" + UnpaddedBase64.encode(of(event, version)));
            case HASH_URL_SAFE ->
                    new EventId("$" + UnpaddedBase64.encodeUrlSafe(of(event, version)));
        };
    }
}
