package org.chancery.homeserver.sessions;

import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// Who asks: the user and device that an access token stands for (client-server API, "Client
/// authentication").
///
/// @param admin whether the user administers this server
public record Session(UserId user, DeviceId device, boolean admin) {}
