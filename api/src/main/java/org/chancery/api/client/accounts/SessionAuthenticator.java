package org.chancery.api.client.accounts;

import java.util.Set;
import org.chancery.api.http.Request;
import org.chancery.api.http.TokenAuthenticator;
import org.chancery.homeserver.sessions.Authentication;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;

/// Authenticates by access token. Who is locked out may only log out (client-server API, "Account
/// locking").
public final class SessionAuthenticator implements TokenAuthenticator {
    private static final Set<String> OPEN_TO_LOCKED =
            Set.of(LoginEndpoints.LOGOUT.path(), LoginEndpoints.LOGOUT_ALL.path());

    private final Authentication authentication;

    public SessionAuthenticator(Authentication authentication) {
        this.authentication = authentication;
    }

    @Override
    public Session authenticate(String token, Request request) {
        Session session = authentication.authenticate(token, request.remote());
        if (session.locked() && !OPEN_TO_LOCKED.contains(request.endpoint().path())) {
            throw new MatrixError.UserLocked().asException();
        }
        return session;
    }
}
