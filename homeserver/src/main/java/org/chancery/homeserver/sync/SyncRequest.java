package org.chancery.homeserver.sync;

import java.time.Duration;
import java.util.Optional;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;

/// What a client asks (client-server API, `GET /sync`).
///
/// @param since where the last sync of this device ended; empty for the first
/// @param fullState whether all state is wanted, changed or not
/// @param stateAfter whether state is wanted as of the end of the timeline, not of its start
/// @param timeout how long to wait if there is nothing to tell
/// @param presence what the sync says of the user: `online`, `unavailable` or `offline`
public record SyncRequest(
        UserId user,
        DeviceId device,
        Optional<SyncToken> since,
        Filter filter,
        boolean fullState,
        boolean stateAfter,
        Duration timeout,
        String presence) {}
