package org.chancery.api.client.rooms;

import static org.chancery.api.client.RoomPaths.ROOM;

import java.util.List;
import java.util.Optional;
import org.chancery.api.client.Fields;
import org.chancery.api.client.RoomPaths;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.ephemeral.ReadMarkers;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.Receipts;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;

/// How far users have read (client-server API, "Receipts" and "Fully read markers").
public final class ReceiptEndpoints {
    static final Endpoint RECEIPT =
            Endpoint.post(ROOM + "/receipt/{receiptType}/{eventId}")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.InvalidParam.class);
    static final Endpoint READ_MARKERS =
            Endpoint.post(ROOM + "/read_markers")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.InvalidParam.class);

    private final Receipts receipts;
    private final ReadMarkers markers;

    public ReceiptEndpoints(Receipts receipts, ReadMarkers markers) {
        this.receipts = receipts;
        this.markers = markers;
    }

    public List<Route> routes() {
        return List.of(RECEIPT.by(this::receipt), READ_MARKERS.by(this::readMarkers));
    }

    private Response receipt(Request request) {
        Optional<String> thread = thread(request.jsonOrEmpty());
        String type = request.path("receiptType");
        if (thread.isPresent() && type.equals(ReadMarkers.TYPE)) {
            throw badThread("A fully read marker has no thread");
        }
        put(
                request.session().user(),
                RoomPaths.room(request),
                type,
                RoomPaths.event(request),
                thread);
        return Response.ok();
    }

    private Response readMarkers(Request request) {
        RoomId room = RoomPaths.room(request);
        JsonObject body = request.json();
        for (String type : List.of(ReadMarkers.TYPE, Receipt.READ, Receipt.READ_PRIVATE)) {
            Optional<EventId> event =
                    Fields.textIfAny(body, type).map(text -> RoomPaths.id(text, EventId::parse));
            event.ifPresent(id -> put(request.session().user(), room, type, id, Optional.empty()));
        }
        return Response.ok();
    }

    private void put(
            UserId user, RoomId room, String type, EventId event, Optional<String> thread) {
        if (type.equals(ReadMarkers.TYPE)) {
            markers.set(user, room, event);
        } else {
            receipts.read(user, room, type, event, thread);
        }
    }

    /// The thread, if the body has any; one that is no text is refused as the spec says.
    private static Optional<String> thread(JsonObject body) {
        JsonValue value = body.get("thread_id");
        if (value == null) {
            return Optional.empty();
        }
        if (value instanceof JsonString(String thread) && !thread.isEmpty()) {
            return Optional.of(thread);
        }
        throw badThread("thread_id field must be a non-empty string");
    }

    private static RuntimeException badThread(String message) {
        return new MatrixError.InvalidParam(message).asException();
    }
}
