package org.chancery.homeserver.accountdata;

import java.util.Optional;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

/// The last value of one type of account data.
///
/// @param room empty for what belongs to no room
/// @param position when it was written
public record AccountDatum(Optional<RoomId> room, String type, JsonObject content, long position) {}
