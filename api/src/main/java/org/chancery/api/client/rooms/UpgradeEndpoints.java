package org.chancery.api.client.rooms;

import static org.chancery.api.client.RoomPaths.ROOM;

import java.util.List;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.rooms.RoomUpgrade;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.roomversion.RoomVersion;

/// Replacing rooms by such of another version (client-server API, "Room Upgrades").
public final class UpgradeEndpoints {
    static final Endpoint UPGRADE =
            Endpoint.post(ROOM + "/upgrade")
                    .limit(LimitClass.EXPENSIVE)
                    .mayAnswer(
                            MatrixError.Forbidden.class, MatrixError.UnsupportedRoomVersion.class);

    private final RoomUpgrade upgrade;

    public UpgradeEndpoints(RoomUpgrade upgrade) {
        this.upgrade = upgrade;
    }

    public List<Route> routes() {
        return List.of(UPGRADE.by(this::upgrade));
    }

    private Response upgrade(Request request) {
        Session session = request.session();
        session.requireNotSuspended();
        JsonObject body = request.json();
        RoomVersion version = CreateRoomEndpoints.version(Fields.text(body, "new_version"));
        RoomId replacement =
                upgrade.upgrade(
                        session.user(),
                        RoomPaths.room(request),
                        version,
                        CreateRoomEndpoints.users(body, "additional_creators"));
        return Response.json(JsonObject.of("replacement_room", replacement.value()));
    }
}
