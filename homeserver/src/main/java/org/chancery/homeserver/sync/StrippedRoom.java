package org.chancery.homeserver.sync;

import java.util.List;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.protocol.json.JsonObject;

/// A room to which the user is invited, or at which he knocks: its stripped state is all that is
/// told of it.
public record StrippedRoom(RoomRef room, List<JsonObject> events) {}
