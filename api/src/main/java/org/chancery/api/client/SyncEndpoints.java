package org.chancery.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accountdata.StoredFilters;
import org.chancery.homeserver.events.SyncToken;
import org.chancery.homeserver.sessions.Session;
import org.chancery.homeserver.sync.SyncAnswer;
import org.chancery.homeserver.sync.SyncRequest;
import org.chancery.homeserver.sync.SyncService;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.filter.Filter;
import org.chancery.protocol.filter.MalformedFilter;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.MalformedJson;

/// `GET /sync` (client-server API, "Syncing").
public final class SyncEndpoints {
    static final Endpoint SYNC =
            Endpoint.get("/_matrix/client/v3/sync")
                    .mayAnswer(MatrixError.InvalidParam.class, MatrixError.UnknownPos.class);

    private static final String STATE = "state";
    private static final Set<String> PRESENCE = Set.of("online", "unavailable", "offline");

    private final SyncService service;
    private final StoredFilters filters;
    private final InstantSource clock;

    public SyncEndpoints(SyncService service, StoredFilters filters, InstantSource clock) {
        this.service = service;
        this.filters = filters;
        this.clock = clock;
    }

    public List<Route> routes() {
        return List.of(SYNC.by(this::sync));
    }

    private Response sync(Request request) {
        Session session = request.session();
        Filter filter = filter(request, session.user());
        List<String> stateNames = stateNames(request);
        SyncAnswer answer =
                service.sync(
                        new SyncRequest(
                                session.user(),
                                session.device(),
                                request.query("since")
                                        .filter(text -> !text.isEmpty())
                                        .map(SyncToken::parse),
                                filter,
                                request.queryFlag("full_state"),
                                !stateNames.contains(STATE),
                                Duration.ofMillis(request.queryLong("timeout").orElse(0)),
                                presence(request)));
        return Response.json(200, SyncJson.write(answer, filter, clock, stateNames));
    }

    /// Clients of today ask for `state_after` by its name before it was in the spec, too.
    private static List<String> stateNames(Request request) {
        List<String> names = new ArrayList<>();
        if (request.queryFlag("use_state_after")) {
            names.add("state_after");
        }
        if (request.queryFlag("org.matrix.msc4222.use_state_after")) {
            names.add("org.matrix.msc4222.state_after");
        }
        return names.isEmpty() ? List.of(STATE) : names;
    }

    private static String presence(Request request) {
        String presence = request.query("set_presence").orElse("online");
        if (!PRESENCE.contains(presence)) {
            throw new MatrixError.InvalidParam("set_presence is no state of presence")
                    .asException();
        }
        return presence;
    }

    /// A filter is given inline if it begins with a brace, else by its id.
    private Filter filter(Request request, UserId user) {
        String text = request.query("filter").orElse("");
        if (text.isEmpty()) {
            return Filter.ALL;
        }
        if (!text.startsWith("{")) {
            return filters.filter(user, text);
        }
        try {
            return Filter.parse(Json.parseObject(text.getBytes(UTF_8)));
        } catch (MalformedJson | MalformedFilter e) {
            throw new MatrixError.InvalidParam("filter is neither an id nor a filter")
                    .asException();
        }
    }
}
