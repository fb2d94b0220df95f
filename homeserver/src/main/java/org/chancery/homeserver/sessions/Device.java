package org.chancery.homeserver.sessions;

import java.util.OptionalLong;
import org.chancery.protocol.id.DeviceId;
import org.jspecify.annotations.Nullable;

/// A device of a user (client-server API, "Device Management").
///
/// @param lastSeenTs when it was last used, to a minute, in milliseconds since 1970
public record Device(
        DeviceId id,
        @Nullable String displayName,
        OptionalLong lastSeenTs,
        @Nullable String lastSeenIp) {}
