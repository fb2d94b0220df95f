package org.chancery.api.http;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.chancery.protocol.error.MatrixError;

/// What an endpoint is, as data: the router, the docs and the conformance report all read this.
///
/// It is written as a sentence: `Endpoint.post("/_matrix/client/v3/login").auth(Auth.NONE)`.
///
/// @param path a template, `/_matrix/client/v3/rooms/{roomId}/leave`
/// @param bodyMax bytes that a body may have
/// @param mayAnswer errors of its own; those of every endpoint (`M_UNKNOWN_TOKEN`...) are not
///     listed
/// @param aliases further templates; a parameter that an alias lacks is the empty string
public record Endpoint(
        Method method,
        String path,
        Auth auth,
        LimitClass limit,
        int bodyMax,
        Set<Class<? extends MatrixError>> mayAnswer,
        List<String> aliases) {

    /// What a JSON body of a client may have; an event has 64 KiB, key uploads come in bulk.
    public static final int BODY_BYTES_MAX = 1 << 20;

    public Endpoint {
        if (!path.startsWith("/")) {
            throw new IllegalArgumentException("a path starts with a slash: " + path);
        }
        mayAnswer = Set.copyOf(mayAnswer);
        aliases = List.copyOf(aliases);
    }

    public static Endpoint get(String path) {
        return of(Method.GET, path);
    }

    public static Endpoint put(String path) {
        return of(Method.PUT, path);
    }

    public static Endpoint post(String path) {
        return of(Method.POST, path);
    }

    public static Endpoint delete(String path) {
        return of(Method.DELETE, path);
    }

    private static Endpoint of(Method method, String path) {
        return new Endpoint(
                method,
                path,
                Auth.ACCESS_TOKEN,
                LimitClass.NONE,
                BODY_BYTES_MAX,
                Set.of(),
                List.of());
    }

    public Endpoint auth(Auth wanted) {
        return new Endpoint(method, path, wanted, limit, bodyMax, mayAnswer, aliases);
    }

    public Endpoint limit(LimitClass wanted) {
        return new Endpoint(method, path, auth, wanted, bodyMax, mayAnswer, aliases);
    }

    public Endpoint bodyMax(int bytes) {
        return new Endpoint(method, path, auth, limit, bytes, mayAnswer, aliases);
    }

    @SafeVarargs
    public final Endpoint mayAnswer(Class<? extends MatrixError>... errors) {
        var listed = new HashSet<Class<? extends MatrixError>>();
        for (var error : errors) {
            listed.add(error);
        }
        return new Endpoint(method, path, auth, limit, bodyMax, listed, aliases);
    }

    public Endpoint aliases(String... paths) {
        return new Endpoint(method, path, auth, limit, bodyMax, mayAnswer, List.of(paths));
    }

    public Route by(Handler handler) {
        return new Route(this, handler);
    }
}
