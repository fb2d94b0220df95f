package org.chancery.api.http;

import org.chancery.homeserver.sessions.Session;

/// Says whose an access token is.
@FunctionalInterface
public interface TokenAuthenticator {
    /// Throws `M_UNKNOWN_TOKEN` (soft or hard), `M_USER_LOCKED` and the like as a
    /// `MatrixException`. The request is there for what an application service may state in it
    /// (`user_id`).
    Session authenticate(String token, Request request);
}
