package org.chancery.api.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.chancery.protocol.error.MatrixError;

/// Errors as answers (client-server API, "Standard error response").
final class ErrorResponse {
    private ErrorResponse() {}

    static Response of(MatrixError error) {
        var response = Response.json(ErrorStatus.of(error), error.body());
        if (error instanceof MatrixError.LimitExceeded(Duration retryAfter)) {
            // The header counts whole seconds; too early a retry would be refused again.
            long seconds = retryAfter.plusMillis(999).toSeconds();
            return response.with("Retry-After", Long.toString(seconds));
        }
        return response;
    }

    static Response of(int status, MatrixError error) {
        return Response.json(status, error.body());
    }

    static Response wrongMethod(Iterable<Method> allowed) {
        var names = new ArrayList<String>(List.of("OPTIONS"));
        allowed.forEach(method -> names.add(method.name()));
        return of(new MatrixError.Unrecognized(true)).with("Allow", String.join(", ", names));
    }

    static Response undecodable() {
        return of(new MatrixError.InvalidParam("the path is not percent-encoded UTF-8"));
    }

    /// What the engine refuses before there is a request: lines it can't read, headers too large.
    static Response ofEngine(int status) {
        return switch (status) {
            case 413, 414, 431 -> of(status, new MatrixError.TooLarge("The request is too large"));
            case 404, 405 -> of(status, new MatrixError.Unrecognized(status == 405));
            default -> of(status, new MatrixError.Unknown("The request could not be served"));
        };
    }
}
