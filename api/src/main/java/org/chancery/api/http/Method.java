package org.chancery.api.http;

import java.util.Optional;

/// The methods that endpoints have. `HEAD` is answered as `GET` without its body, `OPTIONS` for
/// every path, so neither stands here.
public enum Method {
    GET,
    PUT,
    POST,
    DELETE;

    static Optional<Method> of(String name) {
        return switch (name) {
            case "GET", "HEAD" -> Optional.of(GET);
            case "PUT" -> Optional.of(PUT);
            case "POST" -> Optional.of(POST);
            case "DELETE" -> Optional.of(DELETE);
            default -> Optional.empty();
        };
    }
}
