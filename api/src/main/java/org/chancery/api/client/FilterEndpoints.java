package org.chancery.api.client;

import java.util.List;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.accountdata.StoredFilters;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonObject;

/// Stored filters (client-server API, "Filtering").
public final class FilterEndpoints {
    private static final String FILTERS = OwnPaths.USER + "/filter";

    static final Endpoint DEFINE =
            Endpoint.post(FILTERS)
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.TooLarge.class);
    static final Endpoint GET =
            Endpoint.get(FILTERS + "/{filterId}")
                    .mayAnswer(MatrixError.Forbidden.class, MatrixError.NotFound.class);

    private final StoredFilters filters;

    public FilterEndpoints(StoredFilters filters) {
        this.filters = filters;
    }

    public List<Route> routes() {
        return List.of(DEFINE.by(this::define), GET.by(this::get));
    }

    private Response define(Request request) {
        UserId user = OwnPaths.user(request);
        return Response.json(JsonObject.of("filter_id", filters.define(user, request.json())));
    }

    private Response get(Request request) {
        UserId user = OwnPaths.user(request);
        return Response.json(filters.definition(user, request.path("filterId")));
    }
}
