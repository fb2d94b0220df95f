package org.chancery.api.governance;

import java.util.List;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.LimitClass;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.governance.records.AttachmentLinks;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

/// A client says to which record room a file belongs that its user has uploaded.
public final class AttachmentEndpoints {
    static final Endpoint LINK =
            Endpoint.put("/_chancery/client/v1/rooms/{roomId}/attachments/{mediaId}")
                    .limit(LimitClass.MEDIA)
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.InvalidParam.class,
                            MatrixError.NotFound.class);

    private final AttachmentLinks links;

    public AttachmentEndpoints(AttachmentLinks links) {
        this.links = links;
    }

    public List<Route> routes() {
        return List.of(LINK.by(this::link));
    }

    private Response link(Request request) {
        request.session().requireNotSuspended();
        links.link(request.session().user(), room(request), request.path("mediaId"));
        return Response.json(JsonObject.EMPTY);
    }

    private static RoomId room(Request request) {
        try {
            return RoomId.parse(request.path("roomId"));
        } catch (MalformedId e) {
            throw new MatrixError.InvalidParam("This is no room ID").asException();
        }
    }
}
