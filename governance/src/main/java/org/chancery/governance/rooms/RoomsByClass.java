package org.chancery.governance.rooms;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.rooms.NewRoom;
import org.chancery.homeserver.rooms.RoomMaker;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomAlias;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.ServerName;
import org.chancery.protocol.json.JsonObject;

/// Makes a room of the class that it is asked to have: any client asks for a record room with
/// `POST /createRoom` whose `initial_state` holds `org.chancery.room_class`. Without it a room is a
/// chat.
///
/// Of what a client asks for, a record room takes name, topic, picture, alias, invitations, who may
/// come by which rule and who reads what was said before; how it is kept is not the client's to
/// say,
/// so its encryption and its power levels are passed over.
public final class RoomsByClass implements RoomMaker {
    private static final StateKey HISTORY = StateKey.HISTORY_VISIBILITY;
    private static final Set<String> JOIN_RULES =
            Set.of("invite", "knock", "restricted", "knock_restricted");
    private static final Set<String> VISIBILITIES = Set.of("shared", "invited", "joined");

    private final RoomMaker chats;
    private final RecordRoomMaker records;
    private final ServerName server;

    public RoomsByClass(RoomMaker chats, RecordRoomMaker records, ServerName server) {
        this.chats = chats;
        this.records = records;
        this.server = server;
    }

    @Override
    public RoomId create(NewRoom room) {
        Optional<JsonObject> asked =
                room.initialState().stream()
                        .filter(each -> each.key().equals(RoomClass.STATE))
                        .map(NewRoom.InitialState::content)
                        .findFirst();
        if (asked.isEmpty()) {
            return chats.create(room);
        }
        String word = RoomClass.word(asked.get()).orElse("");
        if (word.equals(RoomClass.CHAT)) {
            return chats.create(room.without(RoomClass.STATE));
        }
        RoomClass roomClass =
                RoomClass.of(word)
                        .orElseThrow(() -> invalid("The classes of rooms are chat and work"));
        return records.make(wish(room, roomClass));
    }

    private RecordRoomWish wish(NewRoom room, RoomClass roomClass) {
        requireFits(room);
        List<NewRoom.InitialState> state = new ArrayList<>();
        room.initialState().stream().filter(RoomsByClass::isTheirs).forEach(state::add);
        state.addAll(room.names());
        boolean trusted = room.preset() == NewRoom.Preset.TRUSTED_PRIVATE_CHAT;
        return new RecordRoomWish(
                roomClass,
                room.creator(),
                room.invite(),
                trusted ? room.invite() : List.of(),
                List.of(),
                room.isDirect(),
                room.aliasLocalpart().map(this::alias),
                state,
                Optional.empty());
    }

    private static void requireFits(NewRoom room) {
        if (room.version().filter(it -> !it.creatorsPrivileged()).isPresent()) {
            throw new MatrixError.UnsupportedRoomVersion("A record room has version 12 or newer")
                    .asException();
        }
        if (room.published() || room.preset() == NewRoom.Preset.PUBLIC_CHAT) {
            throw invalid("A record room is not open to all");
        }
        if (room.creationContent().has("type")) {
            throw invalid("A record room is no space and no other type of room");
        }
    }

    /// Whether a record room takes this state from who asks for it.
    static boolean isTheirs(NewRoom.InitialState each) {
        StateKey key = each.key();
        if (key.equals(StateKey.JOIN_RULES)) {
            return isOf(JOIN_RULES, each.content(), "join_rule");
        }
        if (key.equals(HISTORY)) {
            return isOf(VISIBILITIES, each.content(), "history_visibility");
        }
        return !RecordRoomPolicy.isOfTheService(key.type()) && !key.type().equals(EventType.MEMBER);
    }

    private static boolean isOf(Set<String> words, JsonObject content, String name) {
        return content.string(name).filter(words::contains).isPresent();
    }

    private RoomAlias alias(String localpart) {
        try {
            return RoomAlias.parse("#" + localpart + ":" + server);
        } catch (MalformedId e) {
            throw invalid("room_alias_name is no alias");
        }
    }

    private static MatrixException invalid(String why) {
        return new MatrixError.InvalidParam(why).asException();
    }
}
