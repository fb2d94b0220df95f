package org.chancery.custody.reading;

import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// A to-device event of type `m.room.encrypted`, as the server kept it for the archive's device.
///
/// @param sender whom the server names as the sender
public record InboxMessage(UserId sender, JsonObject content) {}
