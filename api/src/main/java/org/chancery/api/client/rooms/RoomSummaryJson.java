package org.chancery.api.client.rooms;

import java.util.Optional;
import org.chancery.homeserver.directory.PublicRooms;
import org.chancery.homeserver.directory.RoomSummaries;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Writes rooms in short (client-server API, `PublicRoomsChunk` and `RoomSummary`).
final class RoomSummaryJson {
    private static final String MEGOLM = "m.megolm.v1.aes-sha2";

    private RoomSummaryJson() {}

    /// A published room.
    static JsonObject of(PublicRooms.Entry entry) {
        JsonObject chunk =
                JsonObject.of("room_id", entry.room().value())
                        .with("num_joined_members", entry.members())
                        .with(
                                "world_readable",
                                is(entry, EventType.HISTORY_VISIBILITY, "world_readable"))
                        .with("guest_can_join", is(entry, EventType.GUEST_ACCESS, "can_join"))
                        .with(
                                "join_rule",
                                entry.text(EventType.JOIN_RULES, "join_rule").orElse("invite"));
        chunk = with(chunk, "name", entry.text(EventType.NAME, "name"));
        chunk = with(chunk, "topic", entry.text(EventType.TOPIC, "topic"));
        chunk = with(chunk, "avatar_url", entry.text(EventType.AVATAR, "url"));
        chunk = with(chunk, "canonical_alias", entry.text(EventType.CANONICAL_ALIAS, "alias"));
        return with(chunk, "room_type", entry.text(EventType.CREATE, "type"));
    }

    /// A room for somebody who may know of it.
    static JsonObject of(RoomSummaries.Summary summary) {
        JsonObject json = of(summary.entry()).with("room_version", summary.room().version().id());
        if (!summary.allowed().isEmpty()) {
            json = json.with("allowed_room_ids", JsonArray.ofTexts(summary.allowed()));
        }
        return with(
                json,
                "encryption",
                summary.entry().text(EventType.ENCRYPTION, "algorithm").filter(MEGOLM::equals));
    }

    private static boolean is(PublicRooms.Entry entry, String type, String value) {
        String name = type.substring("m.room.".length());
        return entry.text(type, name).filter(value::equals).isPresent();
    }

    private static JsonObject with(JsonObject object, String name, Optional<String> text) {
        return text.filter(it -> !it.isEmpty()).map(it -> object.with(name, it)).orElse(object);
    }
}
