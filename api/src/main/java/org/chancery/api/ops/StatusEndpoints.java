package org.chancery.api.ops;

import java.time.Instant;
import java.util.List;
import java.util.function.LongSupplier;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.protocol.json.JsonObject;

/// Tells administrators what the server runs on and how large it has become (not of the Matrix
/// spec). Whether it works is told to everybody by [HealthEndpoints].
public final class StatusEndpoints {
    static final Endpoint STATUS = Endpoint.get("/_chancery/admin/v1/status").auth(Auth.ADMIN);

    private final Facts facts;

    /// What there is to tell.
    ///
    /// @param runtime what runs the program
    /// @param store the engine of the database
    /// @param accounts how many there are, closed ones among them
    public record Facts(
            Instant started,
            String runtime,
            String store,
            LongSupplier storeBytes,
            LongSupplier accounts) {}

    public StatusEndpoints(Facts facts) {
        this.facts = facts;
    }

    public List<Route> routes() {
        return List.of(STATUS.by(this::status));
    }

    private Response status(Request request) {
        return Response.json(
                JsonObject.of("runtime", facts.runtime())
                        .with("started_ts", facts.started().toEpochMilli())
                        .with("store", facts.store())
                        .with("store_bytes", facts.storeBytes().getAsLong())
                        .with("accounts", facts.accounts().getAsLong()));
    }
}
