package org.chancery.api.http;

import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.chancery.homeserver.sessions.Session;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What a client asks, as a handler sees it. Lives as long as its handler runs, on one thread.
public final class Request {
    private static final byte[] NO_BYTES = new byte[0];

    private final Exchange exchange;
    private final Endpoint endpoint;
    private final PathParams pathParams;
    private final String remote;
    private final InstantSource clock;
    private @Nullable QueryParams queryParams;
    private @Nullable Session session;

    Request(
            Exchange exchange,
            Endpoint endpoint,
            PathParams pathParams,
            String remote,
            InstantSource clock) {
        this.exchange = exchange;
        this.endpoint = endpoint;
        this.pathParams = pathParams;
        this.remote = remote;
        this.clock = clock;
    }

    public Endpoint endpoint() {
        return endpoint;
    }

    /// The method as it was sent (`HEAD` too).
    public String method() {
        return exchange.method();
    }

    /// Path and query as they were sent, still encoded: what a server signs.
    public String target() {
        var query = exchange.rawQuery();
        return query == null ? exchange.rawPath() : exchange.rawPath() + "?" + query;
    }

    /// A parameter of the path, decoded; empty where the spelling used lacks it.
    public String path(String name) {
        if (!endpoint.path().contains("{" + name + "}")
                && !endpoint.path().equals("/{" + name + "*}")) {
            throw new IllegalArgumentException("no {" + name + "} in " + endpoint.path());
        }
        return pathParams.get(name);
    }

    /// The first query parameter of that name.
    public Optional<String> query(String name) {
        return queryParams().first(name);
    }

    /// Every query parameter of that name, in order.
    public List<String> queryAll(String name) {
        return queryParams().all(name);
    }

    /// A query parameter that must be a whole number, zero or more.
    public OptionalLong queryLong(String name) {
        var text = query(name);
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        try {
            long value = Long.parseLong(text.get());
            if (value >= 0) {
                return OptionalLong.of(value);
            }
        } catch (NumberFormatException notANumber) {
            throw notWhole(name);
        }
        throw notWhole(name);
    }

    private static RuntimeException notWhole(String name) {
        return new MatrixError.InvalidParam(name + " must be a whole number, zero or more")
                .asException();
    }

    /// A query parameter that must be `true` or `false`; false when absent.
    public boolean queryFlag(String name) {
        return switch (query(name).orElse("false")) {
            case "true" -> true;
            case "false" -> false;
            default ->
                    throw new MatrixError.InvalidParam(name + " must be true or false")
                            .asException();
        };
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(exchange.header(name));
    }

    public Optional<String> userAgent() {
        return header("User-Agent");
    }

    public Optional<String> contentType() {
        return header("Content-Type");
    }

    /// The declared length of the body.
    public OptionalLong contentLength() {
        long length = exchange.contentLength();
        return length < 0 ? OptionalLong.empty() : OptionalLong.of(length);
    }

    /// The client's address: the connection's, or what trusted proxies say.
    public String remote() {
        return remote;
    }

    /// Who asks. Only for endpoints that need a token.
    public Session session() {
        if (session == null) {
            throw new IllegalStateException("no session at " + endpoint.path());
        }
        return session;
    }

    /// Who asks, where an endpoint serves both.
    public Optional<Session> sessionIfAny() {
        return Optional.ofNullable(session);
    }

    void authenticated(Session by) {
        session = by;
    }

    /// The body as a JSON object. `M_NOT_JSON` for what is not JSON (nothing at all, too),
    /// `M_BAD_JSON` for JSON that Matrix refuses, `M_TOO_LARGE` beyond the endpoint's bound.
    public JsonObject json() {
        return Json.parseObject(bytes());
    }

    /// As [#json()], but no body stands for an empty object. Many clients leave it out.
    public JsonObject jsonOrEmpty() {
        var bytes = bytes();
        return bytes.length == 0 ? JsonObject.EMPTY : Json.parseObject(bytes);
    }

    /// The whole body, up to the endpoint's bound.
    public byte[] bytes() {
        long declared = exchange.contentLength();
        if (declared == 0) {
            return NO_BYTES;
        }
        try (var body = body()) {
            // A declared length is within the bound by now, and the engine tells when it is not
            // met.
            return declared < 0 ? body.readAllBytes() : body.readNBytes((int) declared);
        } catch (IOException e) {
            throw new BodyFault(false);
        }
    }

    /// The body as it arrives, up to the endpoint's bound. Reading beyond it throws `M_TOO_LARGE`.
    public InputStream body() {
        if (exchange.contentLength() > endpoint.bodyMax()) {
            throw BoundedBody.tooLarge(endpoint.bodyMax());
        }
        return new BoundedBody(exchange.body(), endpoint.bodyMax(), clock);
    }

    Optional<String> bearerToken() {
        var given = exchange.header("Authorization");
        var scheme = "Bearer ";
        if (given == null || !given.regionMatches(true, 0, scheme, 0, scheme.length())) {
            return Optional.empty();
        }
        var token = given.substring(scheme.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(token);
    }

    private QueryParams queryParams() {
        var parsed = queryParams;
        if (parsed == null) {
            var raw = exchange.rawQuery();
            parsed = QueryParams.parse(raw == null ? "" : raw);
            queryParams = parsed;
        }
        return parsed;
    }
}
