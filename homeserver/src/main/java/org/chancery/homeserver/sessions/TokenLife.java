package org.chancery.homeserver.sessions;

import java.time.Duration;

/// How long tokens live for clients that can refresh them.
///
/// @param access the life of an access token
/// @param refresh the life of a refresh token that is not used
public record TokenLife(Duration access, Duration refresh) {

    /// An hour, and a quarter of a year.
    public static final TokenLife USUAL = new TokenLife(Duration.ofHours(1), Duration.ofDays(90));

    public TokenLife {
        if (!access.isPositive() || refresh.compareTo(access) < 0) {
            throw new IllegalArgumentException("a refresh token outlives its access token");
        }
    }
}
