package org.chancery.protocol.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import java.io.IOException;
import java.util.ArrayList;

/// Parses JSON as Matrix wants it (Appendices, "Canonical JSON"): UTF-8 only, no name twice in an
/// object, no lone surrogates, bounded in depth and size. Numbers beyond canonical JSON are kept as
/// [JsonDecimal], for client content and old rooms; see [CanonicalJson#isStrict].
public final class Json {
    /// Deepest nesting of objects and arrays.
    public static final int DEPTH_MAX = 100;

    /// Largest text, in bytes. Each caller has a smaller limit of its own; the largest is the state
    /// of a big room in the answer to `send_join`.
    public static final int BYTES_MAX = 256 * 1024 * 1024;

    private static final int NAME_LENGTH_MAX = 65_536;
    private static final int NUMBER_LENGTH_MAX = 1_000;
    private static final int MEMBERS_TYPICAL = 8;

    private static final JsonFactory FACTORY =
            new JsonFactoryBuilder()
                    .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                    .recyclerPool(JsonRecyclerPools.sharedBoundedPool())
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEPTH_MAX)
                                    .maxNameLength(NAME_LENGTH_MAX)
                                    .maxNumberLength(NUMBER_LENGTH_MAX)
                                    .maxStringLength(BYTES_MAX)
                                    .maxDocumentLength(BYTES_MAX)
                                    .build())
                    .build();

    private Json() {}

    /// Parses one value; throws [MalformedJson].
    public static JsonValue parse(byte[] bytes) {
        if (!startsAsUtf8(bytes) || !Utf8.isValid(bytes)) {
            throw MalformedJson.notJson("not UTF-8");
        }
        try (var parser = FACTORY.createParser(bytes)) {
            var token = parser.nextToken();
            if (token == null) {
                throw MalformedJson.notJson("no JSON value");
            }
            var value = value(parser, token);
            if (parser.nextToken() != null) {
                throw MalformedJson.notJson("more than one JSON value");
            }
            return value;
        } catch (StreamConstraintsException e) {
            throw MalformedJson.bad("JSON beyond the limits of depth, length or size");
        } catch (JsonProcessingException e) {
            var location = e.getLocation();
            var place = location == null ? "" : " at byte " + location.getByteOffset();
            throw MalformedJson.notJson("not JSON" + place);
        } catch (IOException e) {
            throw MalformedJson.notJson("not JSON");
        }
    }

    /// Parses one value that must be an object; throws [MalformedJson].
    public static JsonObject parseObject(byte[] bytes) {
        if (parse(bytes) instanceof JsonObject object) {
            return object;
        }
        throw MalformedJson.bad("not a JSON object");
    }

    /// Jackson guesses UTF-16 and UTF-32 by zeros at the start, which no JSON in UTF-8 has.
    private static boolean startsAsUtf8(byte[] bytes) {
        for (int i = 0; i < Math.min(4, bytes.length); i++) {
            if (bytes[i] == 0) {
                return false;
            }
        }
        return true;
    }

    private static JsonValue value(JsonParser parser, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> array(parser);
            case VALUE_STRING -> new JsonString(withoutLoneSurrogates(parser.getText()));
            case VALUE_NUMBER_INT -> integer(parser);
            case VALUE_NUMBER_FLOAT -> new JsonDecimal(parser.getText());
            case VALUE_TRUE -> JsonBoolean.TRUE;
            case VALUE_FALSE -> JsonBoolean.FALSE;
            case VALUE_NULL -> JsonNull.NULL;
            case END_OBJECT, END_ARRAY, FIELD_NAME, NOT_AVAILABLE, VALUE_EMBEDDED_OBJECT ->
                    throw MalformedJson.notJson("not JSON");
        };
    }

    private static JsonObject object(JsonParser parser) throws IOException {
        var members = new MemberCollector(MEMBERS_TYPICAL);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            var name = withoutLoneSurrogates(parser.currentName());
            members.add(name, value(parser, parser.nextToken()));
        }
        return members.unique()
                .orElseThrow(() -> MalformedJson.bad("a name stands twice in an object"));
    }

    private static JsonArray array(JsonParser parser) throws IOException {
        var values = new ArrayList<JsonValue>();
        for (var token = parser.nextToken();
                token != JsonToken.END_ARRAY;
                token = parser.nextToken()) {
            values.add(value(parser, token));
        }
        return JsonArray.of(values);
    }

    private static JsonValue integer(JsonParser parser) throws IOException {
        if (parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return new JsonDecimal(parser.getText());
        }
        long number = parser.getLongValue();
        boolean plain = number <= JsonInteger.MAX && number >= -JsonInteger.MAX;
        if (!plain || (number == 0 && parser.getText().equals("-0"))) {
            return new JsonDecimal(parser.getText());
        }
        return new JsonInteger(number);
    }

    private static String withoutLoneSurrogates(String text) {
        int at = 0;
        while (at < text.length()) {
            if (!Character.isSurrogate(text.charAt(at))) {
                at++;
            } else if (text.codePointAt(at) > Character.MAX_VALUE) {
                at += 2;
            } else {
                throw MalformedJson.bad("a lone surrogate in a string");
            }
        }
        return text;
    }
}
