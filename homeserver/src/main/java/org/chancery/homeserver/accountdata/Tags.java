package org.chancery.homeserver.accountdata;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import java.util.function.UnaryOperator;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonDecimal;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;

/// The labels that a user sticks on rooms (client-server API, "Room Tagging"). They are the room's
/// account data `m.tag`, changed one by one.
public final class Tags {
    private static final String TYPE = "m.tag";
    private static final String TAGS = "tags";
    private static final int NAME_BYTES_MAX = 255;
    private static final int TAGS_MAX = 1_000;

    private final AccountData data;

    public Tags(AccountData data) {
        this.data = data;
    }

    /// `tags` of the room.
    public JsonObject get(UserId user, RoomId room) {
        return JsonObject.of(
                TAGS, tags(data.get(user, Optional.of(room), TYPE).orElse(JsonObject.EMPTY)));
    }

    /// Adds or replaces a tag.
    ///
    /// @param tag what is known of it, for example its order
    public void put(UserId user, RoomId room, String name, JsonObject tag) {
        if (name.getBytes(UTF_8).length > NAME_BYTES_MAX) {
            throw new MatrixError.InvalidParam("the name of the tag is too long").asException();
        }
        JsonValue order = tag.get("order");
        if (order != null && !(order instanceof JsonInteger || order instanceof JsonDecimal)) {
            throw new MatrixError.BadJson("order must be a number").asException();
        }
        edit(
                user,
                room,
                tags -> {
                    JsonObject more = tags.with(name, tag);
                    if (more.size() > TAGS_MAX) {
                        throw new MatrixError.TooLarge("too many tags").asException();
                    }
                    return more;
                });
    }

    /// Takes a tag away. One that is not there is no error.
    public void delete(UserId user, RoomId room, String name) {
        if (tags(data.get(user, Optional.of(room), TYPE).orElse(JsonObject.EMPTY)).has(name)) {
            edit(user, room, tags -> tags.without(name));
        }
    }

    private void edit(UserId user, RoomId room, UnaryOperator<JsonObject> edit) {
        data.update(
                user,
                Optional.of(room),
                TYPE,
                content -> content.with(TAGS, edit.apply(tags(content))));
    }

    private static JsonObject tags(JsonObject content) {
        return content.object(TAGS).orElse(JsonObject.EMPTY);
    }
}
