package org.chancery.api.http;

/// Who may call an endpoint (client-server API, "Client authentication").
public enum Auth {
    /// Anyone; a token is not looked at.
    NONE,
    /// Anyone; a token that is given must be good.
    OPTIONAL,
    /// Whoever holds an access token.
    ACCESS_TOKEN,
    /// Whoever holds an access token of an administrator; others get `M_FORBIDDEN`.
    ADMIN
}
