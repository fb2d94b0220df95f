package org.chancery.protocol.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The way to a property inside an object, written with dots; a dot or backslash that belongs to a
/// name is escaped with a backslash (Appendices, "Dot-separated property paths").
public record PropertyPath(List<String> names) {
    public PropertyPath {
        names = List.copyOf(names);
    }

    /// Every text is a path.
    public static PropertyPath parse(String text) {
        var names = new ArrayList<String>();
        var name = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            char c = text.charAt(at);
            boolean escape = c == '\\' && at + 1 < text.length() && isSpecial(text.charAt(at + 1));
            if (escape) {
                name.append(text.charAt(at + 1));
                at++;
            } else if (c == '.') {
                names.add(name.toString());
                name.setLength(0);
            } else {
                name.append(c);
            }
            at++;
        }
        names.add(name.toString());
        return new PropertyPath(names);
    }

    /// What stands there, if anything does.
    public @Nullable JsonValue find(JsonObject object) {
        JsonValue value = object;
        for (var name : names) {
            if (!(value instanceof JsonObject inner)) {
                return null;
            }
            value = inner.get(name);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    /// The object with nothing but what stands at these paths.
    public static JsonObject select(JsonObject object, Collection<PropertyPath> paths) {
        var selected = JsonObject.EMPTY;
        for (var path : paths) {
            var value = path.find(object);
            if (value != null) {
                selected = put(selected, path.names, value);
            }
        }
        return selected;
    }

    private static JsonObject put(JsonObject into, List<String> names, JsonValue value) {
        var name = names.getFirst();
        if (names.size() == 1) {
            return into.with(name, value);
        }
        var inner = into.object(name).orElse(JsonObject.EMPTY);
        return into.with(name, put(inner, names.subList(1, names.size()), value));
    }

    private static boolean isSpecial(char c) {
        return c == '.' || c == '\\';
    }
}
