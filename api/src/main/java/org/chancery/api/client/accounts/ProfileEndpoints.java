package org.chancery.api.client.accounts;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accounts.Profiles;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Profiles (client-server API, "Profiles").
public final class ProfileEndpoints {
    private static final String ALL = "/_matrix/client/v3/profile/{userId}";
    private static final String FIELD = ALL + "/{keyName}";
    private static final String UNSTABLE =
            "/_matrix/client/unstable/uk.tcpip.msc4133/profile/{userId}/{keyName}";

    static final Endpoint GET_ALL =
            Endpoint.get(ALL).auth(Auth.NONE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint GET =
            Endpoint.get(FIELD)
                    .auth(Auth.NONE)
                    .aliases(UNSTABLE)
                    .mayAnswer(MatrixError.NotFound.class, MatrixError.KeyTooLarge.class);
    static final Endpoint PUT =
            Endpoint.put(FIELD)
                    .aliases(UNSTABLE)
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.UserSuspended.class,
                            MatrixError.ProfileTooLarge.class,
                            MatrixError.KeyTooLarge.class,
                            MatrixError.MissingParam.class);
    static final Endpoint DELETE =
            Endpoint.delete(FIELD)
                    .aliases(UNSTABLE)
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.UserSuspended.class,
                            MatrixError.KeyTooLarge.class);

    private final Profiles profiles;

    public ProfileEndpoints(Profiles profiles) {
        this.profiles = profiles;
    }

    public List<Route> routes() {
        return List.of(
                GET_ALL.by(this::getAll),
                GET.by(this::get),
                PUT.by(this::put),
                DELETE.by(this::delete));
    }

    private Response getAll(Request request) {
        return Response.json(profiles.of(UserId.parse(request.path("userId"))));
    }

    private Response get(Request request) {
        String key = request.path("keyName");
        UserId user = UserId.parse(request.path("userId"));
        return Response.json(JsonObject.of(key, profiles.field(user, key)));
    }

    private Response put(Request request) {
        UserId user = own(request);
        JsonObject body = request.json();
        String key = request.path("keyName");
        profiles.set(user, key, Fields.value(body, key));
        return Response.ok();
    }

    private Response delete(Request request) {
        profiles.delete(own(request), request.path("keyName"));
        return Response.ok();
    }

    private static UserId own(Request request) {
        UserId user = UserId.parse(request.path("userId"));
        if (!user.equals(request.session().user())) {
            throw new MatrixError.Forbidden("Only one's own profile can be changed").asException();
        }
        request.session().requireNotSuspended();
        return user;
    }
}
