package org.chancery.protocol.event;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.CanonicalJson;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;
import org.jspecify.annotations.Nullable;

/// A persistent data unit: a room event in the format of its room version, well-formed and within
/// the size limits, immutable (each room version, section "Event format"). Whether its signatures
/// hold is not said; see [VerifiedPdu].
public final class Pdu {
    /// Most bytes of an event as canonical JSON, signatures included.
    public static final int BYTES_MAX = 65_536;

    private final JsonObject json;
    private final RoomVersion version;
    private final EventId eventId;
    private final RoomId roomId;
    private final UserId sender;
    private final String type;
    private final @Nullable String stateKey;
    private final JsonObject content;
    private final List<EventId> prevEvents;
    private final List<EventId> authEvents;
    private final long depth;
    private final long originServerTs;

    private Pdu(JsonObject json, RoomVersion version, EventId eventId) {
        this.json = json;
        this.version = version;
        this.eventId = eventId;
        this.sender = PduFields.sender(json);
        this.type = PduFields.type(json);
        this.roomId = PduFields.roomId(json, version, type, eventId);
        this.stateKey = PduFields.stateKey(json);
        this.content = PduFields.object(json, "content");
        this.prevEvents =
                PduFields.references(json, "prev_events", PduFields.PREV_EVENTS_MAX, version);
        this.authEvents =
                PduFields.references(json, "auth_events", PduFields.AUTH_EVENTS_MAX, version);
        this.depth = PduFields.depth(json);
        this.originServerTs = PduFields.integer(json, "origin_server_ts");
    }

    /// Checks format and limits, and works out the event ID; throws [MalformedPdu].
    public static Pdu parse(JsonObject json, RoomVersion version) {
        if (json.bytes().length > BYTES_MAX) {
            throw MalformedPdu.tooLarge("event");
        }
        if (version.strictCanonicalJson() && !CanonicalJson.isStrict(json)) {
            throw MalformedPdu.wrong("numbers");
        }
        PduFields.object(json, "hashes");
        PduFields.object(json, "signatures");
        return new Pdu(json, version, ReferenceHash.eventId(json, version));
    }

    /// An event that was parsed before and comes back from our own store: nothing is hashed or
    /// measured again.
    public static Pdu restore(EventId eventId, JsonObject json, RoomVersion version) {
        return new Pdu(json, version, eventId);
    }

    public EventId eventId() {
        return eventId;
    }

    public RoomId roomId() {
        return roomId;
    }

    public UserId sender() {
        return sender;
    }

    public String type() {
        return type;
    }

    public @Nullable String stateKey() {
        return stateKey;
    }

    public JsonObject content() {
        return content;
    }

    public List<EventId> prevEvents() {
        return prevEvents;
    }

    public List<EventId> authEvents() {
        return authEvents;
    }

    public long depth() {
        return depth;
    }

    public long originServerTs() {
        return originServerTs;
    }

    /// The whole event as servers exchange it.
    public JsonObject json() {
        return json;
    }

    public RoomVersion version() {
        return version;
    }

    public boolean isState() {
        return stateKey != null;
    }

    /// Whether it is a state event of that type and an empty state key.
    public boolean isState(String wantedType) {
        return stateKey != null && stateKey.isEmpty() && type.equals(wantedType);
    }

    /// The place in the room's state that the event takes.
    public Optional<StateKey> place() {
        return stateKey == null ? Optional.empty() : Optional.of(new StateKey(type, stateKey));
    }

    /// The membership that an `m.room.member` event sets; empty for other types and for texts that
    /// are no membership.
    public Optional<Membership> membership() {
        return type.equals(EventType.MEMBER)
                ? content.string("membership").flatMap(Membership::of)
                : Optional.empty();
    }

    /// The event that this `m.room.redaction` is to redact.
    public Optional<EventId> redacts() {
        if (!type.equals(EventType.REDACTION)) {
            return Optional.empty();
        }
        var holder = version.redactsInContent() ? content : json;
        try {
            return holder.string("redacts").map(EventId::parse);
        } catch (MalformedId e) {
            return Optional.empty();
        }
    }

    /// The reference hash: what other events of room versions 1 and 2 write beside the ID.
    public byte[] referenceHash() {
        return ReferenceHash.of(json, version);
    }

    /// The event as it is after redaction; its ID stays.
    public Pdu redacted() {
        return new Pdu(Redaction.redact(json, version), version, eventId);
    }

    /// Equal by ID and JSON.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Pdu that
                && eventId.equals(that.eventId)
                && version == that.version
                && json.equals(that.json);
    }

    @Override
    public int hashCode() {
        return eventId.hashCode();
    }

    /// The ID only: content belongs in no log.
    @Override
    public String toString() {
        return "Pdu[" + eventId + "]";
    }
}
