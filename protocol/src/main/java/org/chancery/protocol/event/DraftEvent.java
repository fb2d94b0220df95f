package org.chancery.protocol.event;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.chancery.protocol.signing.Signer;
import org.chancery.protocol.signing.UnpaddedBase64;

/// An event of this server before it is hashed and signed; immutable, each step answers a new
/// draft. What differs between room versions (references, place of `redacts`, the creation without
/// room) is settled when it is signed, or written out for `make_join` by [#template].
public final class DraftEvent {
    private static final String REDACTS = "redacts";

    private final JsonObject fields;
    private final List<EventId> prevEvents;
    private final List<EventId> authEvents;
    private final Map<EventId, byte[]> hashes;

    private DraftEvent(
            JsonObject fields,
            List<EventId> prevEvents,
            List<EventId> authEvents,
            Map<EventId, byte[]> hashes) {
        this.fields = fields;
        this.prevEvents = prevEvents;
        this.authEvents = authEvents;
        this.hashes = hashes;
    }

    /// A message event without a room or a place in its graph yet.
    public static DraftEvent of(
            UserId sender, String type, JsonObject content, long originServerTs) {
        var fields =
                JsonObject.builder()
                        .put("content", content.written())
                        .put("depth", 1)
                        .put("origin_server_ts", originServerTs)
                        .put("sender", sender.toString())
                        .put("type", type)
                        .build();
        return new DraftEvent(fields, List.of(), List.of(), Map.of());
    }

    /// The room. A creation since room version 12 has none, and loses one that is given.
    public DraftEvent in(RoomId room) {
        return with("room_id", new JsonString(room.value()));
    }

    /// Makes it a state event.
    public DraftEvent state(String key) {
        return with("state_key", new JsonString(key));
    }

    /// The events it follows, and its depth; the depth stops at the limit.
    public DraftEvent after(Collection<EventId> events, long depth) {
        var deep = fields.with("depth", Math.min(depth, JsonInteger.MAX));
        return new DraftEvent(deep, List.copyOf(events), authEvents, hashes);
    }

    /// The events that allow it.
    public DraftEvent authorizedBy(Collection<EventId> events) {
        return new DraftEvent(fields, prevEvents, List.copyOf(events), hashes);
    }

    /// What this `m.room.redaction` redacts.
    public DraftEvent redacting(EventId event) {
        return with(REDACTS, new JsonString(event.value()));
    }

    /// Room versions 1 and 2 only: the ID that the server thought of, and the reference hashes of
    /// the events it follows and is allowed by.
    public DraftEvent assigned(EventId id, Map<EventId, byte[]> referenceHashes) {
        var named = fields.with("event_id", id.value());
        return new DraftEvent(named, prevEvents, authEvents, Map.copyOf(referenceHashes));
    }

    /// The event in the format of the room version, neither hashed nor signed.
    public JsonObject template(RoomVersion version) {
        var event =
                fields.with("prev_events", references(prevEvents, version))
                        .with("auth_events", references(authEvents, version));
        if (version.roomIdFromCreate() && event.get("type") instanceof JsonString(var type)) {
            event = type.equals(EventType.CREATE) ? event.without("room_id") : event;
        }
        var redacts = event.get(REDACTS);
        if (redacts == null || !version.redactsInContent()) {
            return event;
        }
        var content = PduFields.object(event, "content").with(REDACTS, redacts);
        return event.without(REDACTS).with("content", content);
    }

    /// Hashes and signs the event; throws [MalformedPdu] where it breaks a limit.
    public VerifiedPdu sign(RoomVersion version, ServerName server, Signer signer) {
        var signed = EventSigning.hashAndSign(template(version), version, server, signer);
        return VerifiedPdu.signedHere(Pdu.parse(signed, version));
    }

    private DraftEvent with(String name, JsonValue value) {
        return new DraftEvent(fields.with(name, value), prevEvents, authEvents, hashes);
    }

    private JsonArray references(List<EventId> ids, RoomVersion version) {
        if (!version.referencesCarryHashes()) {
            return JsonArray.ofTexts(ids);
        }
        return JsonArray.of(ids.stream().map(this::reference).toList());
    }

    private JsonArray reference(EventId id) {
        var hash = hashes.get(id);
        if (hash == null) {
            throw new IllegalStateException("no reference hash given for an event");
        }
        var sha256 = JsonObject.of("sha256", UnpaddedBase64.encode(hash));
        return JsonArray.of(new JsonString(id.value()), sha256);
    }
}
