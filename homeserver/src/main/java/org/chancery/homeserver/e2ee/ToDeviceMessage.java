package org.chancery.homeserver.e2ee;

import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// A message that waits for a device (client-server API, "Send-to-Device messaging").
///
/// @param position its place in the one sequence
public record ToDeviceMessage(long position, UserId sender, String type, JsonObject content) {}
