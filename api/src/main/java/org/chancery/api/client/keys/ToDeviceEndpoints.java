package org.chancery.api.client.keys;

import java.util.List;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.e2ee.ToDevice;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;

/// Messages to devices (client-server API, "Send-to-Device messaging").
public final class ToDeviceEndpoints {
    private static final int BODY_BYTES_MAX = 8 << 20;

    static final Endpoint SEND =
            Endpoint.put("/_matrix/client/v3/sendToDevice/{eventType}/{txnId}")
                    .bodyMax(BODY_BYTES_MAX)
                    .mayAnswer(MatrixError.TooLarge.class);

    private final ToDevice toDevice;

    public ToDeviceEndpoints(ToDevice toDevice) {
        this.toDevice = toDevice;
    }

    public List<Route> routes() {
        return List.of(SEND.by(this::send));
    }

    private Response send(Request request) {
        Session session = request.session();
        toDevice.send(
                ToDevice.Sending.parse(
                        session.user(),
                        session.device(),
                        request.path("eventType"),
                        request.path("txnId"),
                        request.json()));
        return Response.ok();
    }
}
