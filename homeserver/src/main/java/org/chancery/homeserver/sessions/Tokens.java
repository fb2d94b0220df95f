package org.chancery.homeserver.sessions;

import java.time.Duration;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.jspecify.annotations.Nullable;

/// What a client gets when it logs in or refreshes: told once, stored as hashes.
///
/// @param refreshToken null where the client did not ask for one; then the access token never ends
/// @param expiresIn the life of the access token; null where it has no end
public record Tokens(
        UserId user,
        DeviceId device,
        String accessToken,
        @Nullable String refreshToken,
        @Nullable Duration expiresIn) {}
