package org.chancery.homeserver.sync;

import java.util.List;
import java.util.Optional;
import org.chancery.protocol.id.UserId;

/// Who is in a room, in short (client-server API, `RoomSummary`).
///
/// @param heroes users to name the room after; empty where it has a name of its own
public record RoomSummary(Optional<List<UserId>> heroes, long joined, long invited) {}
