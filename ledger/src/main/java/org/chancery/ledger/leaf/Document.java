package org.chancery.ledger.leaf;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonString;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.tlog.merkle.Hash;
import org.jspecify.annotations.Nullable;

/// A JSON object of the ledger as it is read: every member is asked for by name and type, and none
/// may be left over. Everything that is wrong is a [MalformedLeaf].
public final class Document {
    private final JsonObject json;
    private final Set<String> asked = new HashSet<>();

    private Document(JsonObject json) {
        this.json = json;
    }

    /// The object that those bytes are, in the one canonical way to write it, with that type.
    public static Document parse(byte[] bytes, int bytesMax, String type) {
        if (bytes.length > bytesMax) {
            throw new MalformedLeaf("more than " + bytesMax + " bytes");
        }
        JsonObject json;
        try {
            json = Json.parseObject(bytes);
        } catch (MalformedJson e) {
            throw new MalformedLeaf("not JSON");
        }
        if (!Arrays.equals(json.bytes(), bytes)) {
            throw new MalformedLeaf("not canonical JSON");
        }
        var document = new Document(json);
        if (!document.text("type").equals(type)) {
            throw new MalformedLeaf("not of the type " + type);
        }
        return document;
    }

    /// An object inside a document.
    public static Document of(JsonValue value) {
        if (value instanceof JsonObject object) {
            return new Document(object);
        }
        throw new MalformedLeaf("not an object");
    }

    public String text(String name) {
        if (value(name) instanceof JsonString(var text)) {
            return text;
        }
        throw new MalformedLeaf(name);
    }

    public boolean has(String name) {
        return json.has(name);
    }

    /// An integer of at least zero.
    public long number(String name) {
        asked.add(name);
        long number = json.integer(name).orElse(-1);
        if (number < 0) {
            throw new MalformedLeaf(name);
        }
        return number;
    }

    public Hash hash(String name) {
        return parsed(name, text -> Hash.parse(text).orElseThrow(() -> new MalformedId(name)));
    }

    /// An id, by its own parser.
    public <T> T parsed(String name, Function<String, T> parser) {
        try {
            return parser.apply(text(name));
        } catch (MalformedId e) {
            throw new MalformedLeaf(name);
        }
    }

    /// An id inside an array, by its own parser.
    public static <T> T id(JsonValue value, Function<String, T> parser) {
        if (value instanceof JsonString(var text)) {
            try {
                return parser.apply(text);
            } catch (MalformedId e) {
                throw new MalformedLeaf("an id");
            }
        }
        throw new MalformedLeaf("an id");
    }

    public JsonObject object(String name) {
        if (value(name) instanceof JsonObject object) {
            return object;
        }
        throw new MalformedLeaf(name);
    }

    public List<JsonValue> array(String name, int lengthMax) {
        if (value(name) instanceof JsonArray array && array.values().size() <= lengthMax) {
            return array.values();
        }
        throw new MalformedLeaf(name);
    }

    /// Nothing else may be in it.
    public void end() {
        for (String name : json.names()) {
            if (!asked.contains(name)) {
                throw new MalformedLeaf("an unknown member");
            }
        }
    }

    /// A value of any kind.
    public JsonValue any(String name) {
        JsonValue value = value(name);
        if (value == null) {
            throw new MalformedLeaf(name);
        }
        return value;
    }

    private @Nullable JsonValue value(String name) {
        asked.add(name);
        return json.get(name);
    }
}
