package org.chancery.archive.stock;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.chancery.protocol.id.MalformedId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonArray;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.protocol.signing.UnpaddedBase64;

/// Reads one JSON object strictly: each member must be there, be of its type and within its bounds,
/// and no other member may stand beside them.
public final class Fields {
    private static final int TEXT_LENGTH_MAX = 1_000;

    private final JsonObject json;
    private final String what;
    private final Set<String> read = new HashSet<>();

    private Fields(JsonObject json, String what) {
        this.json = json;
        this.what = what;
    }

    /// The members of an object.
    ///
    /// @param what the object is, for the message of a refusal
    public static Fields of(JsonObject json, String what) {
        return new Fields(json, what);
    }

    /// The members of an object whose member `type` must say what it is.
    public static Fields ofType(JsonObject json, String type) {
        Fields fields = new Fields(json, type);
        fields.must(fields.text("type").equals(type), "type is " + type);
        return fields;
    }

    /// The object that these bytes are in canonical JSON (Appendices, "Canonical JSON"), and in no
    /// other writing of it.
    public static JsonObject canonical(byte[] bytes, int bytesMax, String what) {
        if (bytes.length > bytesMax) {
            throw new MalformedArchive(what + " has more than " + bytesMax + " bytes");
        }
        JsonObject json;
        try {
            json = Json.parseObject(bytes);
        } catch (MalformedJson e) {
            throw new MalformedArchive(what + " is " + e.getMessage());
        }
        if (!Arrays.equals(json.bytes(), bytes)) {
            throw new MalformedArchive(what + " is not in canonical JSON");
        }
        return json;
    }

    public String text(String name) {
        return longText(name, TEXT_LENGTH_MAX);
    }

    /// A text whose length is bounded otherwise than that of most.
    public String longText(String name, int lengthMax) {
        read.add(name);
        String text = json.string(name).orElseThrow(() -> wrong(name + " is a text"));
        must(text.length() <= lengthMax, name + " is not so long");
        return text;
    }

    /// A text that a parser takes, and gives back as it was.
    public <T> T parsed(String name, Function<String, T> parser) {
        return parsed(name, text(name), parser);
    }

    private <T> T parsed(String name, String text, Function<String, T> parser) {
        try {
            T value = parser.apply(text);
            must(value.toString().equals(text), name + " is written in one way only");
            return value;
        } catch (MalformedId | MalformedArchive e) {
            throw wrong(name + ": " + e.getMessage());
        }
    }

    /// A text that may be absent, and is then empty.
    public String optionalText(String name) {
        return json.has(name) ? text(name) : "";
    }

    /// A text that is bytes in unpadded base64, in the one form that encoding them gives.
    public String base64(String name) {
        String text = text(name);
        must(isBase64(text), name + " is base64");
        return text;
    }

    /// Whether the text is bytes in unpadded base64, in the one form that encoding them gives.
    public static boolean isBase64(String text) {
        return UnpaddedBase64.decode(text)
                .filter(bytes -> UnpaddedBase64.encode(bytes).equals(text))
                .isPresent();
    }

    public int number(String name, int min, int max) {
        read.add(name);
        long number = json.integer(name).orElseThrow(() -> wrong(name + " is a number"));
        must(number >= min && number <= max, name + " is from " + min + " to " + max);
        return (int) number;
    }

    public boolean flag(String name) {
        read.add(name);
        return json.bool(name).orElseThrow(() -> wrong(name + " is true or false"));
    }

    /// A time in milliseconds since 1970.
    public Instant time(String name) {
        read.add(name);
        long millis = json.integer(name).orElseThrow(() -> wrong(name + " is a time"));
        must(millis >= 0, name + " is a time after 1970");
        try {
            return Instant.ofEpochMilli(millis).truncatedTo(ChronoUnit.MILLIS);
        } catch (DateTimeException e) {
            throw wrong(name + " is a time");
        }
    }

    public JsonObject object(String name) {
        read.add(name);
        return json.object(name).orElseThrow(() -> wrong(name + " is an object"));
    }

    public List<JsonValue> array(String name, int max) {
        read.add(name);
        JsonArray array = json.array(name).orElseThrow(() -> wrong(name + " is an array"));
        must(array.size() <= max, name + " has at most " + max + " elements");
        return array.values();
    }

    public List<JsonObject> objects(String name, int max) {
        List<JsonValue> values = array(name, max);
        must(values.stream().allMatch(JsonObject.class::isInstance), name + " holds objects");
        return values.stream().map(JsonObject.class::cast).toList();
    }

    /// An array of texts, each of which a parser takes and gives back.
    public <T> List<T> parsedAll(String name, int max, Function<String, T> parser) {
        List<JsonValue> values = array(name, max);
        List<String> texts = new JsonArray(values).strings();
        must(texts.size() == values.size(), name + " holds texts");
        return texts.stream().map(text -> parsed(name, text, parser)).toList();
    }

    /// Ends the reading: a member that nobody asked for is refused.
    public void end() {
        for (String name : json.names()) {
            must(read.contains(name), "there is no member " + quoted(name));
        }
    }

    public void must(boolean holds, String rule) {
        if (!holds) {
            throw wrong(rule);
        }
    }

    private MalformedArchive wrong(String rule) {
        return new MalformedArchive(what + ": " + rule);
    }

    private static String quoted(String name) {
        return name.matches("[a-z_0-9.]{1,40}") ? name : "of that name";
    }
}
