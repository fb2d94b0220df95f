package org.chancery.protocol.json;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.RandomAccess;
import org.jspecify.annotations.Nullable;

/// A JSON object. Its names stand in order of code points, in an array beside that of the values: a
/// look-up is a binary search, canonical writing a walk.
public final class JsonObject implements JsonValue {
    public static final JsonObject EMPTY = new JsonObject(new String[0], new JsonValue[0]);

    final String[] names;
    final JsonValue[] values;

    /// What [#bytes] gives, where it was asked to be kept. Never changed.
    final byte @Nullable [] written;

    /// Takes over both arrays, which must be sorted and free of double names.
    JsonObject(String[] names, JsonValue[] values) {
        this(names, values, null);
    }

    private JsonObject(String[] names, JsonValue[] values, byte @Nullable [] written) {
        this.names = names;
        this.values = values;
        this.written = written;
    }

    /// One name and its value.
    public record Member(String name, JsonValue value) {}

    public static JsonObject of() {
        return EMPTY;
    }

    public static JsonObject of(String name, JsonValue value) {
        return new JsonObject(new String[] {name}, new JsonValue[] {value});
    }

    public static JsonObject of(String name, String value) {
        return of(name, new JsonString(value));
    }

    public static JsonObject of(String name1, JsonValue value1, String name2, JsonValue value2) {
        return of(name1, value1).with(name2, value2);
    }

    public static Builder builder() {
        return new Builder(8);
    }

    /// A builder that starts with the members of this object.
    public Builder toBuilder() {
        var builder = new Builder(names.length + 4);
        for (int i = 0; i < names.length; i++) {
            builder.put(names[i], values[i]);
        }
        return builder;
    }

    public @Nullable JsonValue get(String name) {
        int at = indexOf(name);
        return at < 0 ? null : values[at];
    }

    public boolean has(String name) {
        return indexOf(name) >= 0;
    }

    /// The string of that name; empty if absent or of another type.
    public Optional<String> string(String name) {
        return get(name) instanceof JsonString(var text) ? Optional.of(text) : Optional.empty();
    }

    /// The integer of that name; empty if absent or of another type.
    public OptionalLong integer(String name) {
        return get(name) instanceof JsonInteger(var number)
                ? OptionalLong.of(number)
                : OptionalLong.empty();
    }

    /// The boolean of that name; empty if absent or of another type.
    public Optional<Boolean> bool(String name) {
        return get(name) instanceof JsonBoolean flag ? Optional.of(flag.value()) : Optional.empty();
    }

    /// Whether that name holds `true`.
    public boolean isTrue(String name) {
        return get(name) == JsonBoolean.TRUE;
    }

    /// The object of that name; empty if absent or of another type.
    public Optional<JsonObject> object(String name) {
        return get(name) instanceof JsonObject object ? Optional.of(object) : Optional.empty();
    }

    /// The array of that name; empty if absent or of another type.
    public Optional<JsonArray> array(String name) {
        return get(name) instanceof JsonArray array ? Optional.of(array) : Optional.empty();
    }

    /// This object with one member added or replaced.
    public JsonObject with(String name, JsonValue value) {
        int at = indexOf(name);
        if (at >= 0) {
            var changed = values.clone();
            changed[at] = value;
            return new JsonObject(names, changed);
        }
        int gap = -at - 1;
        var newNames = new String[names.length + 1];
        var newValues = new JsonValue[names.length + 1];
        System.arraycopy(names, 0, newNames, 0, gap);
        System.arraycopy(values, 0, newValues, 0, gap);
        newNames[gap] = name;
        newValues[gap] = value;
        System.arraycopy(names, gap, newNames, gap + 1, names.length - gap);
        System.arraycopy(values, gap, newValues, gap + 1, names.length - gap);
        return new JsonObject(newNames, newValues);
    }

    public JsonObject with(String name, String value) {
        return with(name, new JsonString(value));
    }

    public JsonObject with(String name, long value) {
        return with(name, new JsonInteger(value));
    }

    public JsonObject with(String name, boolean value) {
        return with(name, JsonBoolean.of(value));
    }

    /// This object without that member.
    public JsonObject without(String name) {
        int at = indexOf(name);
        if (at < 0) {
            return this;
        }
        int size = names.length - 1;
        var newNames = new String[size];
        var newValues = new JsonValue[size];
        System.arraycopy(names, 0, newNames, 0, at);
        System.arraycopy(values, 0, newValues, 0, at);
        System.arraycopy(names, at + 1, newNames, at, size - at);
        System.arraycopy(values, at + 1, newValues, at, size - at);
        return new JsonObject(newNames, newValues);
    }

    /// The same object with its canonical bytes beside it: what it becomes a part of is written
    /// with a copy of them. For what is written again and again, as the content of an event is.
    public JsonObject written() {
        return written == null ? new JsonObject(names, values, bytes()) : this;
    }

    @Override
    public byte[] bytes() {
        if (written != null) {
            return written.clone();
        }
        int capacity = JsonWriter.CAPACITY;
        for (JsonValue value : values) {
            if (value instanceof JsonObject object && object.written != null) {
                capacity += object.written.length;
            }
        }
        return new JsonWriter(capacity).value(this).bytes();
    }

    public int size() {
        return names.length;
    }

    public boolean isEmpty() {
        return names.length == 0;
    }

    /// The names in order of code points.
    public List<String> names() {
        return List.of(names);
    }

    /// The members in order of the code points of their names.
    public List<Member> entries() {
        return new Members();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof JsonObject that
                        && Arrays.equals(names, that.names)
                        && Arrays.equals(values, that.values));
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(names) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return Text.of(this);
    }

    /// Where the name stands, or `-(place) - 1` where it would.
    private int indexOf(String name) {
        int low = 0;
        int high = names.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = CodePointOrder.INSTANCE.compare(names[middle], name);
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -low - 1;
    }

    private final class Members extends AbstractList<Member> implements RandomAccess {
        @Override
        public Member get(int index) {
            return new Member(names[index], values[index]);
        }

        @Override
        public int size() {
            return names.length;
        }
    }

    /// Collects members in any order. A name put twice keeps the last value.
    public static final class Builder {
        private final MemberCollector members;

        private Builder(int capacity) {
            this.members = new MemberCollector(capacity);
        }

        public Builder put(String name, JsonValue value) {
            members.add(name, value);
            return this;
        }

        public Builder put(String name, String value) {
            return put(name, new JsonString(value));
        }

        public Builder put(String name, long value) {
            return put(name, new JsonInteger(value));
        }

        public Builder put(String name, boolean value) {
            return put(name, JsonBoolean.of(value));
        }

        public JsonObject build() {
            return members.lastOfEach();
        }
    }
}
