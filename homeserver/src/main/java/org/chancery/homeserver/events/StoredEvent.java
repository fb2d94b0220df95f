package org.chancery.homeserver.events;

import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// An event as the log keeps it for clients.
///
/// Its bytes are the client format of the spec without `event_id`, `room_id` and `unsigned`, which
/// depend on where the event is shown: `/sync` splices them in without parsing. They are parsed
/// only
/// when somebody asks.
public final class StoredEvent implements Logged {
    private final long position;
    private final RoomRef room;
    private final long ordinal;
    private final EventId id;
    private final int flags;
    private final OptionalLong redactedBy;
    private final @Nullable String transaction;
    private final byte[] json;
    private @Nullable JsonObject parsed;
    private @Nullable UserId sender;

    public StoredEvent(
            long position, RoomRef room, long ordinal, EventId id, Facts facts, byte[] json) {
        this.position = position;
        this.room = room;
        this.ordinal = ordinal;
        this.id = id;
        this.flags = facts.flags();
        this.redactedBy = facts.redactedBy();
        this.transaction = facts.transaction();
        this.json = json;
    }

    /// What has become of an event since it came.
    ///
    /// @param flags see [EventFlags]
    /// @param redactedBy the position of the redaction
    /// @param transaction the stored form of its [Transaction]'s device and id
    public record Facts(int flags, OptionalLong redactedBy, @Nullable String transaction) {}

    /// The same event after its redaction.
    ///
    /// @param by the position of the redaction
    StoredEvent redacted(long by, byte[] shown) {
        return new StoredEvent(
                position,
                room,
                ordinal,
                id,
                new Facts(flags, OptionalLong.of(by), transaction),
                shown);
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public RoomRef room() {
        return room;
    }

    /// The place in the room for reading back and forth; see [EventStore#ordinal].
    public long ordinal() {
        return ordinal;
    }

    public EventId id() {
        return id;
    }

    public int flags() {
        return flags;
    }

    /// The position of the redaction of this event.
    public OptionalLong redactedBy() {
        return redactedBy;
    }

    /// The transaction id, if `device` of `user` sent this event.
    public Optional<String> transactionId(UserId user, String device) {
        if (transaction == null || !user.equals(sender())) {
            return Optional.empty();
        }
        return TransactionText.idFor(transaction, device);
    }

    /// Whether that is the stored form of the transaction that made it; see [TransactionText].
    public boolean isOf(String transactionText) {
        return transactionText.equals(transaction);
    }

    /// The bytes of the client format without `event_id`, `room_id` and `unsigned`: an object with
    /// at least `content`, `origin_server_ts`, `sender` and `type`. Not to be changed.
    public byte[] json() {
        return json;
    }

    /// The parsed form of [#json].
    public JsonObject event() {
        JsonObject event = parsed;
        if (event == null) {
            event = Json.parseObject(json);
            parsed = event;
        }
        return event;
    }

    public String type() {
        return EventText.type(json).orElseGet(() -> event().string("type").orElseThrow());
    }

    public UserId sender() {
        UserId known = sender;
        if (known == null) {
            known =
                    UserId.parse(
                            EventText.sender(json)
                                    .orElseGet(() -> event().string("sender").orElseThrow()));
            sender = known;
        }
        return known;
    }

    /// Whether it is a state event.
    public boolean isState() {
        return EventText.hasStateKey(json);
    }

    public Optional<String> stateKey() {
        return event().string("state_key");
    }

    public JsonObject content() {
        return event().object("content").orElse(JsonObject.EMPTY);
    }

    public long originServerTs() {
        long ts = EventText.originServerTs(json);
        return ts >= 0 ? ts : event().integer("origin_server_ts").orElse(0);
    }
}
