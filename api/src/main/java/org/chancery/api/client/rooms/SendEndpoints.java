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
import org.chancery.homeserver.directory.CanonicalAlias;
import org.chancery.homeserver.events.Transaction;
import org.chancery.homeserver.rooms.EventDraft;
import org.chancery.homeserver.rooms.RoomWriter;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.event.EventType;
import org.chancery.protocol.event.StateKey;
import org.chancery.protocol.id.EventId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.json.JsonObject;

/// Sending events (client-server API, "Sending events to a room" and "Redactions").
public final class SendEndpoints {
    static final Endpoint SEND =
            Endpoint.put(ROOM + "/send/{eventType}/{txnId}")
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.TooLarge.class,
                            MatrixError.DuplicateAnnotation.class,
                            MatrixError.LimitExceeded.class);
    static final Endpoint STATE =
            Endpoint.put(ROOM + "/state/{eventType}/{stateKey}")
                    .aliases(ROOM + "/state/{eventType}", ROOM + "/state/{eventType}/")
                    .mayAnswer(
                            MatrixError.Forbidden.class,
                            MatrixError.TooLarge.class,
                            MatrixError.BadAlias.class);
    static final Endpoint REDACT =
            Endpoint.put(ROOM + "/redact/{eventId}/{txnId}")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);

    private static final int TRANSACTION_LENGTH_MAX = 255;

    private final RoomWriter writer;
    private final CanonicalAlias canonicalAlias;

    public SendEndpoints(RoomWriter writer, CanonicalAlias canonicalAlias) {
        this.writer = writer;
        this.canonicalAlias = canonicalAlias;
    }

    public List<Route> routes() {
        return List.of(SEND.by(this::send), STATE.by(this::state), REDACT.by(this::redact));
    }

    private Response send(Request request) {
        Session session = request.session();
        session.requireNotSuspended();
        RoomId room = RoomPaths.room(request);
        String type = request.path("eventType");
        EventDraft draft = EventDraft.message(session.user(), type, request.json());
        return sent(writer.send(room, draft, transaction(request, room, "send/" + type)));
    }

    private Response state(Request request) {
        Session session = request.session();
        session.requireNotSuspended();
        StateKey key = new StateKey(request.path("eventType"), request.path("stateKey"));
        if (key.type().equals(EventType.CREATE)) {
            throw new MatrixError.Forbidden("A room is made only once").asException();
        }
        RoomId room = RoomPaths.room(request);
        JsonObject content = request.json();
        if (key.equals(CanonicalAlias.KEY)) {
            canonicalAlias.require(session.user(), room, content);
        }
        EventDraft draft = EventDraft.state(session.user(), key, content);
        return sent(writer.send(room, draft, Optional.empty()));
    }

    private Response redact(Request request) {
        Session session = request.session();
        RoomId room = RoomPaths.room(request);
        EventId target = RoomPaths.event(request);
        JsonObject content =
                Fields.textIfAny(request.jsonOrEmpty(), "reason")
                        .map(reason -> JsonObject.of("reason", reason))
                        .orElse(JsonObject.EMPTY);
        EventDraft draft = EventDraft.redaction(session.user(), target, content);
        return sent(writer.send(room, draft, transaction(request, room, "redact/" + target)));
    }

    private static Response sent(EventId event) {
        return Response.json(JsonObject.of("event_id", event.value()));
    }

    /// Transactions are scoped to the device and the path up to the identifier.
    private static Optional<Transaction> transaction(Request request, RoomId room, String act) {
        String id = request.path("txnId");
        if (id.isEmpty() || id.length() > TRANSACTION_LENGTH_MAX) {
            throw new MatrixError.InvalidParam("The transaction ID is empty or too long")
                    .asException();
        }
        Session session = request.session();
        return Optional.of(new Transaction(session.user(), session.device(), room + "/" + act, id));
    }
}
