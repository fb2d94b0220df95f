package org.chancery.api.client;

import org.chancery.api.http.Request;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;

/// Paths below `/user/{userId}`, which are for that user alone.
public final class OwnPaths {
    public static final String USER = "/_matrix/client/v3/user/{userId}";

    private OwnPaths() {}

    /// The user in the path, who must be the one who asks.
    public static UserId user(Request request) {
        UserId user = RoomPaths.id(request.path("userId"), UserId::parse);
        if (!user.equals(request.session().user())) {
            throw new MatrixError.Forbidden("This is another user's").asException();
        }
        return user;
    }
}
