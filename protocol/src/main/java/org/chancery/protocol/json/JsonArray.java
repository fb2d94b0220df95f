package org.chancery.protocol.json;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;

/// A JSON array.
public record JsonArray(List<JsonValue> values) implements JsonValue, Iterable<JsonValue> {
    public static final JsonArray EMPTY = new JsonArray(List.of());

    public JsonArray {
        values = List.copyOf(values);
    }

    public static JsonArray of(JsonValue... values) {
        return new JsonArray(List.of(values));
    }

    public static JsonArray of(Collection<? extends JsonValue> values) {
        return values.isEmpty() ? EMPTY : new JsonArray(List.copyOf(values));
    }

    /// An array of the texts of these things, for example of IDs.
    public static JsonArray ofTexts(Collection<?> texts) {
        var strings = new ArrayList<JsonValue>(texts.size());
        for (var text : texts) {
            strings.add(new JsonString(text.toString()));
        }
        return of(strings);
    }

    public int size() {
        return values.size();
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public JsonValue get(int index) {
        return values.get(index);
    }

    /// The strings among the elements, in order; elements of other types are left out.
    public List<String> strings() {
        var strings = new ArrayList<String>(values.size());
        for (var value : values) {
            if (value instanceof JsonString(var text)) {
                strings.add(text);
            }
        }
        return List.copyOf(strings);
    }

    /// The objects among the elements, in order; elements of other types are left out.
    public List<JsonObject> objects() {
        var objects = new ArrayList<JsonObject>(values.size());
        for (var value : values) {
            if (value instanceof JsonObject object) {
                objects.add(object);
            }
        }
        return List.copyOf(objects);
    }

    /// Whether every element is a string.
    public boolean isAllStrings() {
        return values.stream().allMatch(JsonString.class::isInstance);
    }

    @Override
    public Iterator<JsonValue> iterator() {
        return values.iterator();
    }

    @Override
    public String toString() {
        return Text.of(this);
    }
}
