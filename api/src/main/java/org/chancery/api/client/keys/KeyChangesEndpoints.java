package org.chancery.api.client.keys;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.sessions.Session;
import org.chancery.homeserver.sync.DeviceListChanges;
import org.chancery.homeserver.sync.SyncService;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;

/// Whose keys changed between two syncs (client-server API, "Key management API").
public final class KeyChangesEndpoints {
    static final Endpoint CHANGES =
            Endpoint.get("/_matrix/client/v3/keys/changes")
                    .mayAnswer(
                            MatrixError.MissingParam.class,
                            MatrixError.InvalidParam.class,
                            MatrixError.UnknownPos.class);

    private final SyncService sync;

    public KeyChangesEndpoints(SyncService sync) {
        this.sync = sync;
    }

    public List<Route> routes() {
        return List.of(CHANGES.by(this::changes));
    }

    private Response changes(Request request) {
        Session session = request.session();
        DeviceListChanges changes =
                sync.deviceChanges(
                        session.user(),
                        session.device(),
                        token(request, "from"),
                        token(request, "to"));
        return Response.json(
                JsonObject.of(
                        "changed",
                        JsonArray.ofTexts(changes.changed()),
                        "left",
                        JsonArray.ofTexts(changes.left())));
    }

    private static SyncToken token(Request request, String name) {
        return SyncToken.parse(request.query(name).orElseThrow(() -> Fields.missing(name)));
    }
}
