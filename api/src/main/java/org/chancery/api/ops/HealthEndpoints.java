package org.chancery.api.ops;

import java.util.List;
import java.util.function.Supplier;
import org.chancery.api.http.Auth;
import org.chancery.api.http.Endpoint;
import org.chancery.api.http.Request;
import org.chancery.api.http.Response;
import org.chancery.api.http.Route;
import org.chancery.homeserver.events.Followers;
import org.chancery.protocol.json.JsonObject;

/// Tells a watcher whether to send requests here, and how far the followers of the log have come
/// (not of the Matrix spec).
public final class HealthEndpoints {
    static final Endpoint HEALTH = Endpoint.get("/_chancery/health").auth(Auth.NONE);

    private final HealthSource source;
    private final Supplier<List<Followers.Progress>> followers;
    private final Supplier<JsonObject> more;

    /// @param more further members of the answer
    public HealthEndpoints(
            HealthSource source,
            Supplier<List<Followers.Progress>> followers,
            Supplier<JsonObject> more) {
        this.source = source;
        this.followers = followers;
        this.more = more;
    }

    public List<Route> routes() {
        return List.of(HEALTH.by(this::health));
    }

    private Response health(Request request) {
        return source.isHealthy()
                ? Response.json(withFollowers(JsonObject.of("status", "ok")))
                : Response.json(503, withFollowers(JsonObject.of("status", "stopped")));
    }

    /// How many positions each follower of the log is behind. A failing one turns no watcher away:
    /// what it derives is late, and all else works.
    private JsonObject withFollowers(JsonObject health) {
        JsonObject all = JsonObject.EMPTY;
        for (Followers.Progress each : followers.get()) {
            JsonObject one = JsonObject.EMPTY.with("lag", each.lag()).with("faults", each.faults());
            if (each.failingSince().isPresent()) {
                one = one.with("failing_since_ts", each.failingSince().get().toEpochMilli());
            }
            all = all.with(each.name(), one);
        }
        JsonObject answer = health.with("followers", all);
        for (var member : more.get().entries()) {
            answer = answer.with(member.name(), member.value());
        }
        return answer;
    }
}
