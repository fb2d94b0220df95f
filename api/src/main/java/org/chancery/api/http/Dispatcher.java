package org.chancery.api.http;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.chancery.protocol.error.MatrixError;
import org.chancery.protocol.error.MatrixException;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.MalformedJson;

/// From a request to its answer, in order: room for it, the route, who asks, how often, the
/// handler. Whatever is thrown on the way becomes an answer here, and nowhere else.
final class Dispatcher {
    private static final Response PREFLIGHT = Response.empty(200);
    private static final System.Logger LOG = System.getLogger(Dispatcher.class.getName());
    private static final int DISCARDED_BYTES_MAX = 16 << 20;
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final Router router;
    private final TokenAuthenticator authenticator;
    private final RequestLimits limits;
    private final HttpConfig config;
    private final InstantSource clock;
    private final FaultLog faults;
    private final AtomicInteger atWork = new AtomicInteger();

    Dispatcher(
            List<Route> routes,
            TokenAuthenticator authenticator,
            RequestLimits limits,
            HttpConfig config,
            InstantSource clock) {
        this.router = new Router(routes);
        this.authenticator = authenticator;
        this.limits = limits;
        this.config = config;
        this.clock = clock;
        this.faults = new FaultLog(clock);
    }

    /// Nothing more comes.
    void close() {
        faults.settle();
    }

    Response answer(Exchange exchange) {
        try {
            if (atWork.incrementAndGet() > config.bounds().requestsMax()) {
                return ErrorResponse.of(new MatrixError.LimitExceeded(BUSY));
            }
            return routed(exchange);
        } finally {
            atWork.decrementAndGet();
        }
    }

    /// Reads on what is left of a body that nobody wanted, within bounds: a client that is still
    /// sending when the connection closes would not see why it was refused.
    void discardBody(Exchange exchange) {
        if (exchange.contentLength() > DISCARDED_BYTES_MAX || exchange.header("Expect") != null) {
            return;
        }
        try (var body = new BoundedBody(exchange.body(), DISCARDED_BYTES_MAX, clock)) {
            if (body.read() >= 0) { // Most bodies have been read to their end.
                body.transferTo(OutputStream.nullOutputStream());
            }
        } catch (IOException | BodyFault | MatrixException enough) {
            LOG.log(System.Logger.Level.DEBUG, "a refused body was cut off");
        }
    }

    private Response routed(Exchange exchange) {
        if (exchange.method().equals("OPTIONS")) {
            return PREFLIGHT;
        }
        var match = router.match(exchange.rawPath(), Method.of(exchange.method()));
        if (match instanceof Router.Match.Found(Route route, PathParams params)) {
            return guarded(route, request(exchange, route, params));
        }
        return switch ((Router.Match.Missed) match) {
            case Router.Match.WrongMethod wrong -> ErrorResponse.wrongMethod(wrong.allowed());
            case Router.Match.Unknown _ -> ErrorResponse.of(new MatrixError.Unrecognized(false));
            case Router.Match.Undecodable _ -> ErrorResponse.undecodable();
        };
    }

    private Request request(Exchange exchange, Route route, PathParams params) {
        return new Request(
                exchange, route.endpoint(), params, config.proxies().client(exchange), clock);
    }

    private Response guarded(Route route, Request request) {
        try {
            admit(request);
            limits.check(request);
            return route.handler().handle(request);
        } catch (MatrixException refused) {
            return ErrorResponse.of(refused.error());
        } catch (MalformedJson malformed) {
            return ErrorResponse.of(MatrixError.of(malformed));
        } catch (MalformedId malformed) {
            return ErrorResponse.of(MatrixError.of(malformed));
        } catch (BodyFault fault) {
            return ErrorResponse.of(
                    fault.isLate() ? 408 : 400,
                    new MatrixError.Unknown(String.valueOf(fault.getMessage())));
        } catch (Throwable fault) {
            if (Thread.interrupted()) { // The drain time of a stop is over: no fault.
                return ErrorResponse.of(503, new MatrixError.Unknown("The server is stopping"));
            }
            var number = faults.log(route.endpoint(), fault);
            return ErrorResponse.of(
                    500, new MatrixError.Unknown("Internal server error " + number));
        }
    }

    /// Finds out who asks, as far as the endpoint wants it.
    private void admit(Request request) {
        var auth = request.endpoint().auth();
        if (auth == Auth.NONE) {
            return;
        }
        var token = token(request);
        if (token.isEmpty()) {
            if (auth == Auth.OPTIONAL) {
                return;
            }
            throw new MatrixError.MissingToken().asException();
        }
        var session = authenticator.authenticate(token.get(), request);
        if (auth == Auth.ADMIN && !session.admin()) {
            throw new MatrixError.Forbidden("Only an administrator may").asException();
        }
        request.authenticated(session);
    }

    private Optional<String> token(Request request) {
        var bearer = request.bearerToken();
        return bearer.isPresent() || !config.queryTokens() ? bearer : request.query("access_token");
    }
}
