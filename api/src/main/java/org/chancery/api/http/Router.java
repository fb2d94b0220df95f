package org.chancery.api.http;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Finds the route of a path: a trie over its segments, each decoded on its own, so that an escaped
/// slash stays inside its parameter.
///
/// A literal goes before a parameter; where the literal leads nowhere, the parameter is tried. An
/// empty segment is a parameter only at the end (the empty state key).
///
/// A template `/{name*}` is for the pages: where nothing else stands at a path, it takes the whole
/// of it. Paths whose first segment begins with `_` or `.` are those of programs (`/_matrix`,
/// `/.well-known`), and never pages.
final class Router {
    private static final int SEGMENTS_MAX = 32;

    private final Node root = new Node();
    private final Map<Method, Target> pages = new EnumMap<>(Method.class);

    Router(List<Route> routes) {
        for (var route : routes) {
            for (var template : Aliases.templates(route.endpoint())) {
                add(template, route);
            }
        }
    }

    /// What stands at a path.
    sealed interface Match {
        record Found(Route route, PathParams params) implements Match {}

        /// Nothing that this method and path could mean.
        sealed interface Missed extends Match {}

        record WrongMethod(Set<Method> allowed) implements Missed {}

        record Unknown() implements Missed {}

        record Undecodable() implements Missed {}
    }

    Match match(String rawPath, Optional<Method> method) {
        if (!rawPath.startsWith("/")) {
            return new Match.Unknown();
        }
        var segments = new ArrayList<String>(12);
        for (int start = 1; start <= rawPath.length(); ) {
            int slash = rawPath.indexOf('/', start);
            int end = slash < 0 ? rawPath.length() : slash;
            var segment = Percent.decode(rawPath.substring(start, end), false);
            if (segment.isEmpty()) {
                return new Match.Undecodable();
            }
            if (segments.size() == SEGMENTS_MAX) {
                return new Match.Unknown();
            }
            segments.add(segment.get());
            start = end + 1;
        }
        var match = new Search(segments, method).run();
        return match instanceof Match.Unknown && mayBePage(segments)
                ? page(segments, method)
                : match;
    }

    private static boolean mayBePage(List<String> segments) {
        return !segments.getFirst().startsWith("_") && !segments.getFirst().startsWith(".");
    }

    private Match page(List<String> segments, Optional<Method> method) {
        if (pages.isEmpty()) {
            return new Match.Unknown();
        }
        var target = method.map(pages::get).orElse(null);
        return target == null
                ? new Match.WrongMethod(pages.keySet())
                : new Match.Found(
                        target.route,
                        new PathParams(target.names, List.of(String.join("/", segments))));
    }

    private void add(String template, Route route) {
        if (template.startsWith("/{") && template.endsWith("*}")) {
            var name = template.substring(2, template.length() - 2);
            put(pages, template, new Target(route, List.of(name)));
            return;
        }
        var node = root;
        var names = new ArrayList<String>();
        for (var segment : template.substring(1).split("/", -1)) {
            if (segment.startsWith("{") && segment.endsWith("}")) {
                names.add(segment.substring(1, segment.length() - 1));
                if (node.parameter == null) {
                    node.parameter = new Node();
                }
                node = node.parameter;
            } else {
                node = node.literals.computeIfAbsent(segment, _ -> new Node());
            }
        }
        put(node.targets, template, new Target(route, List.copyOf(names)));
    }

    private static void put(Map<Method, Target> targets, String template, Target target) {
        var method = target.route.endpoint().method();
        if (targets.put(method, target) != null) {
            throw new IllegalArgumentException("two routes for " + method + " " + template);
        }
    }

    private record Target(Route route, List<String> names) {}

    private static final class Node {
        final Map<String, Node> literals = new HashMap<>();
        @Nullable Node parameter;
        final Map<Method, Target> targets = new EnumMap<>(Method.class);
    }

    /// One walk down the trie. Its depth is that of the templates.
    private final class Search {
        private final List<String> segments;
        private final Optional<Method> method;
        private final List<String> values = new ArrayList<>(4);
        private final Set<Method> others = EnumSet.noneOf(Method.class);

        Search(List<String> segments, Optional<Method> method) {
            this.segments = segments;
            this.method = method;
        }

        Match run() {
            var target = descend(root, 0);
            if (target != null) {
                return new Match.Found(target.route, new PathParams(target.names, values));
            }
            return others.isEmpty() ? new Match.Unknown() : new Match.WrongMethod(others);
        }

        private @Nullable Target descend(Node node, int depth) {
            if (depth == segments.size()) {
                others.addAll(node.targets.keySet());
                return method.map(node.targets::get).orElse(null);
            }
            var segment = segments.get(depth);
            var literal = node.literals.get(segment);
            if (literal != null) {
                var found = descend(literal, depth + 1);
                if (found != null) {
                    return found;
                }
            }
            if (node.parameter == null || (segment.isEmpty() && depth + 1 < segments.size())) {
                return null;
            }
            values.add(segment);
            var found = descend(node.parameter, depth + 1);
            if (found == null) {
                values.removeLast();
            }
            return found;
        }
    }
}
