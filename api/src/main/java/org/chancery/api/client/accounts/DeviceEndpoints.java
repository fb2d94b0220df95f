package org.chancery.api.client.accounts;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.sessions.Device;
import org.chancery.homeserver.sessions.Sessions;
import org.chancery.homeserver.sessions.Stage;
import org.chancery.homeserver.sessions.UserInteractive;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// Devices (client-server API, "Device Management").
public final class DeviceEndpoints {
    private static final String ONE = "/_matrix/client/v3/devices/{deviceId}";
    private static final List<List<String>> BY_PASSWORD = List.of(List.of(Stage.PASSWORD));

    static final Endpoint LIST = Endpoint.get("/_matrix/client/v3/devices");
    static final Endpoint GET = Endpoint.get(ONE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint PUT = Endpoint.put(ONE).mayAnswer(MatrixError.NotFound.class);
    static final Endpoint DELETE =
            Endpoint.delete(ONE)
                    .mayAnswer(MatrixError.UserInteractive.class, MatrixError.Forbidden.class);
    static final Endpoint DELETE_MANY =
            Endpoint.post("/_matrix/client/v3/delete_devices")
                    .mayAnswer(MatrixError.UserInteractive.class, MatrixError.Forbidden.class);

    private final Sessions sessions;
    private final UserInteractive interactive;

    public DeviceEndpoints(Sessions sessions, UserInteractive interactive) {
        this.sessions = sessions;
        this.interactive = interactive;
    }

    public List<Route> routes() {
        return List.of(
                LIST.by(this::list),
                GET.by(this::get),
                PUT.by(this::put),
                DELETE.by(this::delete),
                DELETE_MANY.by(this::deleteMany));
    }

    private Response list(Request request) {
        List<JsonObject> devices =
                sessions.devices(request.session().user()).stream()
                        .map(DeviceEndpoints::json)
                        .toList();
        return Response.json(JsonObject.of("devices", JsonArray.of(devices)));
    }

    private Response get(Request request) {
        return Response.json(json(sessions.device(request.session().user(), device(request))));
    }

    static JsonObject json(Device device) {
        JsonObject json = JsonObject.of("device_id", device.id().value());
        if (device.displayName() != null) {
            json = json.with("display_name", device.displayName());
        }
        if (device.lastSeenIp() != null) {
            json = json.with("last_seen_ip", device.lastSeenIp());
        }
        return device.lastSeenTs().isPresent()
                ? json.with("last_seen_ts", device.lastSeenTs().getAsLong())
                : json;
    }

    private Response put(Request request) {
        UserId user = request.session().user();
        Optional<String> name = Fields.textIfAny(request.json(), "display_name");
        if (name.isPresent()) {
            sessions.rename(user, device(request), name.get());
        } else {
            sessions.device(user, device(request));
        }
        return Response.ok();
    }

    private Response delete(Request request) {
        JsonObject body = request.jsonOrEmpty();
        DeviceId device = device(request);
        interactive.require(operation(request, body), BY_PASSWORD);
        sessions.remove(request.session().user(), List.of(device));
        return Response.ok();
    }

    private Response deleteMany(Request request) {
        JsonObject body = request.json();
        List<DeviceId> devices = new ArrayList<>();
        if (!(Fields.value(body, "devices") instanceof JsonArray listed)) {
            throw Fields.wrong("devices", "an array");
        }
        for (JsonValue each : listed) {
            if (!(each instanceof JsonString(String id))) {
                throw Fields.wrong("devices", "an array of strings");
            }
            devices.add(DeviceId.parse(id));
        }
        interactive.require(operation(request, body), BY_PASSWORD);
        sessions.remove(request.session().user(), devices);
        return Response.ok();
    }

    private static DeviceId device(Request request) {
        return DeviceId.parse(request.path("deviceId"));
    }

    /// What interactive authentication is bound to.
    static UserInteractive.Operation operation(Request request, JsonObject body) {
        int query = request.target().indexOf('?');
        String path = query < 0 ? request.target() : request.target().substring(0, query);
        return new UserInteractive.Operation(
                request.method(), path, body, request.session().user());
    }
}
