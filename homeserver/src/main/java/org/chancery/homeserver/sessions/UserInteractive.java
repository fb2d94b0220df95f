package org.chancery.homeserver.sessions;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.chancery.homeserver.accounts.Secrets;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// Lets an operation happen only after its asker has proven who he is, step by step (client-server
/// API, "User-Interactive Authentication API").
///
/// A session of steps lives in memory, for a quarter of an hour, and is good for one operation: the
/// same user, method, path and body. It ends with its success.
public final class UserInteractive {
    private static final int SESSIONS_MAX = 10_000;
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final Map<String, Stage> stages;
    private final Secrets secrets;
    private final Cache<String, Steps> open;

    /// What is to be done once the steps are taken.
    ///
    /// @param path the path with its parameters
    /// @param body the request's body
    /// @param user who asks; null where nobody is logged in
    public record Operation(String method, String path, JsonObject body, @Nullable UserId user) {

        /// What must be the same in each request.
        private String fingerprint() {
            JsonObject what =
                    JsonObject.builder()
                            .put("method", method)
                            .put("path", path)
                            .put("user", user == null ? "" : user.toString())
                            .put("body", body.without("auth"))
                            .build();
            return Secrets.hash(new String(what.bytes(), UTF_8));
        }
    }

    /// What was proven, by stage.
    public record Proof(Map<String, String> proven) {
        public Proof {
            proven = Map.copyOf(proven);
        }

        /// The registration token that was shown.
        public Optional<String> registrationToken() {
            return Optional.ofNullable(proven.get(Stage.REGISTRATION_TOKEN));
        }
    }

    /// The steps taken so far. Guarded by itself.
    private record Steps(String fingerprint, Map<String, String> proven) {
        synchronized Map<String, String> seen() {
            return new LinkedHashMap<>(proven);
        }

        synchronized void add(String type, String what) {
            proven.put(type, what);
        }
    }

    public UserInteractive(Collection<Stage> stages, Secrets secrets, InstantSource clock) {
        this.stages =
                stages.stream().collect(Collectors.toUnmodifiableMap(Stage::type, stage -> stage));
        this.secrets = secrets;
        this.open =
                Caffeine.newBuilder()
                        .maximumSize(SESSIONS_MAX)
                        .expireAfterWrite(LIFE)
                        .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                        .build();
    }

    /// Passes when one of the flows is complete with this request.
    ///
    /// @param flows each a list of stages
    /// @throws MatrixException the 401 that says what is missing; `M_FORBIDDEN` when the session
    ///     was begun for another operation
    public Proof require(Operation operation, List<List<String>> flows) {
        String fingerprint = operation.fingerprint();
        JsonValue given = operation.body().get("auth");
        if (given != null && !(given instanceof JsonObject)) {
            throw new MatrixError.BadJson("auth must be an object").asException();
        }
        JsonObject auth = operation.body().object("auth").orElse(JsonObject.EMPTY);
        String id = auth.string("session").orElse("");
        Steps steps = id.isEmpty() ? null : open.getIfPresent(id);
        if (steps == null) {
            id = secrets.token();
            steps = new Steps(fingerprint, new LinkedHashMap<>());
        } else if (!steps.fingerprint().equals(fingerprint)) {
            throw new MatrixError.Forbidden("The session was begun for another operation")
                    .asException();
        }
        MatrixError failure = take(steps, auth, flows, operation.user());
        Map<String, String> proven = steps.seen();
        if (flows.stream().anyMatch(flow -> proven.keySet().containsAll(flow))) {
            open.invalidate(id);
            return new Proof(proven);
        }
        open.put(id, steps);
        throw new MatrixError.UserInteractive(challenge(id, flows, proven.keySet(), failure))
                .asException();
    }

    /// Takes the step that the request asks for.
    ///
    /// @return why it failed; null where it did not, or none was asked for
    private @Nullable MatrixError take(
            Steps steps, JsonObject auth, List<List<String>> flows, @Nullable UserId user) {
        String type = auth.string("type").orElse("");
        if (type.isEmpty()) {
            return null;
        }
        Stage stage = stages.get(type);
        if (stage == null || flows.stream().noneMatch(flow -> flow.contains(type))) {
            return new MatrixError.InvalidParam("This stage is not part of any flow");
        }
        try {
            steps.add(type, stage.check(auth, user));
            return null;
        } catch (MatrixException refused) {
            if (refused.error() instanceof MatrixError.LimitExceeded) {
                throw refused;
            }
            return refused.error();
        }
    }

    private JsonObject challenge(
            String id,
            List<List<String>> flows,
            Set<String> completed,
            @Nullable MatrixError failure) {
        JsonObject body =
                JsonObject.builder()
                        .put("session", id)
                        .put(
                                "flows",
                                JsonArray.of(flows.stream().map(UserInteractive::flow).toList()))
                        .put("params", params(flows))
                        .build();
        if (!completed.isEmpty()) {
            body = body.with("completed", JsonArray.ofTexts(completed));
        }
        return failure == null
                ? body
                : body.with("errcode", failure.errcode()).with("error", failure.message());
    }

    private static JsonObject flow(List<String> flow) {
        return JsonObject.of("stages", JsonArray.of(flow.stream().map(JsonString::new).toList()));
    }

    private JsonObject params(List<List<String>> flows) {
        JsonObject params = JsonObject.EMPTY;
        for (String type : new LinkedHashSet<>(flows.stream().flatMap(List::stream).toList())) {
            Stage stage = stages.get(type);
            if (stage != null && !stage.params().isEmpty()) {
                params = params.with(type, stage.params());
            }
        }
        return params;
    }
}
