package org.chancery.api.http;

import java.util.List;

/// The parameters of a matched path, in the order of its template.
record PathParams(List<String> names, List<String> values) {
    static final PathParams NONE = new PathParams(List.of(), List.of());

    /// A parameter that the matched spelling lacks is empty.
    String get(String name) {
        int at = names.indexOf(name);
        return at < 0 ? "" : values.get(at);
    }
}
