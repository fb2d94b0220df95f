package org.chancery.protocol.filter;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonBoolean;
import org.chancery.protocol.json.JsonInteger;
import org.chancery.protocol.json.JsonNull;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.jspecify.annotations.Nullable;

/// Reads the fields of a filter. What is absent or `null` is not set; what is of the wrong type
/// throws [MalformedFilter].
final class Fields {
    /// Most entries of any list in a filter.
    static final int LIST_MAX = 2_000;

    private final JsonObject json;

    Fields(JsonObject json) {
        this.json = json;
    }

    /// The object of that name, empty where there is none.
    Fields object(String name) {
        return switch (value(name)) {
            case null -> new Fields(JsonObject.EMPTY);
            case JsonObject object -> new Fields(object);
            default -> throw new MalformedFilter(name);
        };
    }

    boolean flag(String name) {
        return optionalFlag(name).orElse(false);
    }

    Optional<Boolean> optionalFlag(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case JsonBoolean flag -> Optional.of(flag.value());
            default -> throw new MalformedFilter(name);
        };
    }

    /// A number of things that is not negative.
    OptionalInt count(String name) {
        return switch (value(name)) {
            case null -> OptionalInt.empty();
            case JsonInteger(var number) when number >= 0 ->
                    OptionalInt.of((int) Math.min(number, Integer.MAX_VALUE));
            default -> throw new MalformedFilter(name);
        };
    }

    Optional<String> text(String name) {
        var value = value(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(json.string(name).orElseThrow(() -> new MalformedFilter(name)));
    }

    Optional<List<String>> texts(String name) {
        return switch (value(name)) {
            case null -> Optional.empty();
            case JsonArray array when array.isAllStrings() && array.size() <= LIST_MAX ->
                    Optional.of(array.strings());
            default -> throw new MalformedFilter(name);
        };
    }

    /// A list of IDs with that sigil.
    Optional<Set<String>> ids(String name, String sigil) {
        var texts = texts(name);
        if (texts.isPresent() && !texts.get().stream().allMatch(id -> id.startsWith(sigil))) {
            throw new MalformedFilter(name);
        }
        return texts.map(Set::copyOf);
    }

    private @Nullable JsonValue value(String name) {
        var value = json.get(name);
        return value instanceof JsonNull ? null : value;
    }
}
