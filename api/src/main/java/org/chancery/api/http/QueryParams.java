package org.chancery.api.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.chancery.protocol.error.MatrixError;

/// The parameters of a query string, as forms write them (`+` is a space), repeated names kept.
final class QueryParams {
    private static final int PARAMETERS_MAX = 256;

    private record Parameter(String name, String value) {}

    private final List<Parameter> parameters;

    private QueryParams(List<Parameter> parameters) {
        this.parameters = parameters;
    }

    static QueryParams parse(String raw) {
        var found = new ArrayList<Parameter>();
        for (int start = 0; start < raw.length(); ) {
            int ampersand = raw.indexOf('&', start);
            int end = ampersand < 0 ? raw.length() : ampersand;
            if (end > start) {
                if (found.size() == PARAMETERS_MAX) {
                    throw bad("the query has too many parameters");
                }
                found.add(parameter(raw.substring(start, end)));
            }
            start = end + 1;
        }
        return new QueryParams(found);
    }

    private static Parameter parameter(String pair) {
        int equals = pair.indexOf('=');
        var name = equals < 0 ? pair : pair.substring(0, equals);
        var value = equals < 0 ? "" : pair.substring(equals + 1);
        return new Parameter(decode(name), decode(value));
    }

    private static String decode(String raw) {
        return Percent.decode(raw, true)
                .orElseThrow(() -> bad("the query is not percent-encoded UTF-8"));
    }

    private static RuntimeException bad(String message) {
        return new MatrixError.InvalidParam(message).asException();
    }

    Optional<String> first(String name) {
        for (var parameter : parameters) {
            if (parameter.name.equals(name)) {
                return Optional.of(parameter.value);
            }
        }
        return Optional.empty();
    }

    List<String> all(String name) {
        var found = new ArrayList<String>();
        for (var parameter : parameters) {
            if (parameter.name.equals(name)) {
                found.add(parameter.value);
            }
        }
        return found;
    }
}
