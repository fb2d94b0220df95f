package org.chancery.homeserver.directory;

import java.util.LinkedHashSet;
import java.util.Set;
import org.chancery.homeserver.rooms.RoomReader;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// Keeps `m.room.canonical_alias` true: an alias that is new in it must point to the room
/// (client-server API, "Sending state events").
public final class CanonicalAlias {
    public static final StateKey KEY = new StateKey(EventType.CANONICAL_ALIAS, "");

    private final RoomReader reader;
    private final Directory directory;

    public CanonicalAlias(RoomReader reader, Directory directory) {
        this.reader = reader;
        this.directory = directory;
    }

    /// @throws MatrixException `M_INVALID_PARAM` for what is no alias, `M_BAD_ALIAS` for one that
    ///     points elsewhere
    public void require(UserId user, RoomId room, JsonObject content) {
        Set<String> fresh = aliases(content);
        if (!fresh.isEmpty()) {
            fresh.removeAll(aliases(now(user, room)));
        }
        for (String text : fresh) {
            RoomAlias alias;
            try {
                alias = RoomAlias.parse(text);
            } catch (MalformedId e) {
                throw new MatrixError.InvalidParam("No alias is written so").asException();
            }
            if (directory.find(alias).filter(room::equals).isEmpty()) {
                throw new MatrixError.BadAlias("The alias does not point to this room")
                        .asException();
            }
        }
    }

    private JsonObject now(UserId user, RoomId room) {
        try {
            return reader.state(user, room, KEY).content();
        } catch (MatrixException e) {
            return JsonObject.EMPTY; // None yet, or not in the room: the sending will say so.
        }
    }

    private static Set<String> aliases(JsonObject content) {
        Set<String> texts = new LinkedHashSet<>();
        content.string("alias").filter(alias -> !alias.isEmpty()).ifPresent(texts::add);
        for (JsonValue other : content.array("alt_aliases").orElse(JsonArray.EMPTY)) {
            if (!(other instanceof JsonString text)) {
                throw new MatrixError.InvalidParam("alt_aliases must be texts").asException();
            }
            texts.add(text.value());
        }
        return texts;
    }
}
