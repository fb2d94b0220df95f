package org.chancery.conformance.spec;

import java.util.ArrayList;
import java.util.List;

/// One method on one path of the specification.
///
/// @param id its `operationId`
/// @param path the template, base path included
public record Operation(String id, String method, String path, Page page, Page shared) {
    /// Literals before parameters, as a router does it.
    boolean matches(String method, List<String> segments) {
        List<String> wanted = segments(path);
        if (!this.method.equals(method) || wanted.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < wanted.size(); i++) {
            boolean parameter = wanted.get(i).startsWith("{");
            if (!parameter && !wanted.get(i).equals(segments.get(i))) {
                return false;
            }
        }
        return true;
    }

    /// How many segments are literal: the more, the better the match.
    long literals() {
        return segments(path).stream().filter(segment -> !segment.startsWith("{")).count();
    }

    /// Whether it is open to anybody.
    public boolean needsToken() {
        for (int i = 0; i < page.node().path("security").size(); i++) {
            if (page.node().path("security").path(i).isEmpty()) {
                return false;
            }
        }
        return !page.node().path("security").isEmpty();
    }

    /// Whether a JSON body belongs to it.
    public boolean takesJson() {
        return body().at("content").at("application/json").exists();
    }

    /// Whether it asks for more than a token ("User-interactive authentication API").
    boolean isInteractive() {
        return body().at("content")
                .at("application/json")
                .at("schema")
                .at("properties")
                .at("auth")
                .exists();
    }

    Page body() {
        return page.at("requestBody");
    }

    /// Parameters of the operation and of its path.
    List<Page> parameters() {
        List<Page> all = new ArrayList<>();
        for (Page owner : List.of(page, shared)) {
            Page list = owner.at("parameters");
            for (int i = 0; i < list.node().size(); i++) {
                all.add(list.at(i));
            }
        }
        return all;
    }

    static List<String> segments(String path) {
        return List.of(path.split("/", -1));
    }
}
