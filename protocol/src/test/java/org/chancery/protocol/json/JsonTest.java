package org.chancery.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{}|{}",
                "{\"one\": 1, \"two\": \"Two\"}|{\"one\":1,\"two\":\"Two\"}",
                "{\"b\": \"2\", \"a\": \"1\"}|{\"a\":\"1\",\"b\":\"2\"}",
                "{\"a\": \"日本語\"}|{\"a\":\"日本語\"}",
                "{\"本\": 2, \"日\": 1}|{\"日\":1,\"本\":2}",
                "{\"a\": \"\\u65E5\"}|{\"a\":\"日\"}",
                "{\"a\": null}|{\"a\":null}",
                "{\"a\": -0, \"b\": 1e10}|{\"a\":0,\"b\":10000000000}",
            })
    void the_examples_of_the_spec_come_out_canonical(String text, String canonical) {
        var value = Json.parse(text.getBytes(UTF_8));

        assertEquals(canonical, new String(value.bytes(), UTF_8));
    }

    @Test
    void the_nested_example_of_the_spec_comes_out_canonical() {
        var text =
                """
                {"auth": {"success": true, "mxid": "@john.doe:example.com", "profile": {
                "display_name": "John Doe", "three_pids": [
                {"medium": "email", "address": "john.doe@example.org"},
                {"medium": "msisdn", "address": "123456789"}]}}}""";

        var canonical = Json.parse(text.getBytes(UTF_8)).toString();

        assertEquals(
                "{\"auth\":{\"mxid\":\"@john.doe:example.com\",\"profile\":{\"display_name\":\"John"
                        + " Doe\",\"three_pids\":[{\"address\":\"john.doe@example.org\","
                        + "\"medium\":\"email\"},{\"address\":\"123456789\","
                        + "\"medium\":\"msisdn\"}]},\"success\":true}}",
                canonical);
    }

    @Test
    void names_sort_by_code_point_and_not_by_utf16_unit() {
        var beyond = "\uD83D\uDE00"; // U+1F600: its first unit is below U+FF5E
        var below = "\uFF5E";

        var object = parse("{\"" + beyond + "\":1,\"" + below + "\":2,\"a\":3}");

        assertEquals(List.of("a", below, beyond), object.names());
        assertEquals(OptionalLong.of(1), object.integer(beyond));
        assertEquals(OptionalLong.of(2), object.integer(below));
    }

    @Test
    void control_characters_have_the_shortest_escapes_and_all_else_is_raw() {
        var text = "\"\\u0000\\u0008\\u0009\\u000a\\u000c\\u000d\\u001f\\u007f\\/\\\"\\\\\\u00e9\"";

        var canonical = Json.parse(text.getBytes(UTF_8)).toString();

        assertEquals("\"\\u0000\\b\\t\\n\\f\\r\\u001f\u007f/\\\"\\\\é\"", canonical);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "{\"a\":1,}",
                "[1,]",
                "{'a':1}",
                "{a:1}",
                "01",
                "+1",
                "1.",
                ".5",
                "NaN",
                "Infinity",
                "\"\t\"",
                "\"a",
                "tru",
                "{} {}",
                "1 2",
                "// x\n1",
                "\"\\x\"",
                "\uFEFF",
            })
    void what_is_not_json_is_refused(String text) {
        var malformed = assertThrows(MalformedJson.class, () -> Json.parse(text.getBytes(UTF_8)));

        assertEquals(MalformedJson.Kind.NOT_JSON, malformed.kind());
    }

    @Test
    void invalid_utf8_is_not_json() {
        List<byte[]> wrong =
                List.of(
                        new byte[] {'"', (byte) 0xC3, '"'}, // cut off
                        new byte[] {'"', (byte) 0x80, '"'}, // continues nothing
                        new byte[] {'"', (byte) 0xC0, (byte) 0x80, '"'}, // overlong
                        new byte[] {'"', (byte) 0xE0, (byte) 0x80, (byte) 0x80, '"'}, // overlong
                        new byte[] {'"', (byte) 0xED, (byte) 0xA0, (byte) 0x80, '"'}, // surrogate
                        new byte[] {'"', (byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80, '"'},
                        new byte[] {'"', (byte) 0xFF, '"'},
                        "{}".getBytes(UTF_16LE));

        for (var bytes : wrong) {
            var malformed = assertThrows(MalformedJson.class, () -> Json.parse(bytes));
            assertEquals(MalformedJson.Kind.NOT_JSON, malformed.kind());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"b\":1,\"\\u0061\":2}",
                "{\"b\":1,\"a\":1,\"b\":2}",
                "\"\\ud800\"",
                "\"\\udc00\\ud800\"",
            })
    void double_names_and_lone_surrogates_are_bad(String text) {
        var malformed = assertThrows(MalformedJson.class, () -> Json.parse(text.getBytes(UTF_8)));

        assertEquals(MalformedJson.Kind.BAD, malformed.kind());
    }

    @Test
    void a_name_may_be_escaped_as_a_pair_but_not_as_a_lone_surrogate() {
        var paired = parse("{\"\\ud83d\\ude00\":1,\"\\u00e9\":2}");

        assertEquals(List.of("é", "\uD83D\uDE00"), paired.names());
        assertThrows(MalformedJson.class, () -> parse("{\"\\ud83d\":1}"));
        assertThrows(MalformedJson.class, () -> parse("{\"\\ude00\\ud83d\":1}"));
    }

    @Test
    void a_name_that_stands_twice_among_many_is_bad() {
        var members = new StringBuilder("{\"x500\":0");
        for (int i = 999; i >= 0; i--) {
            members.append(",\"x").append(i).append("\":").append(i);
        }

        var malformed =
                assertThrows(MalformedJson.class, () -> parse(members.append('}').toString()));

        assertEquals(MalformedJson.Kind.BAD, malformed.kind());
    }

    @Test
    void nesting_is_allowed_up_to_the_limit() {
        var deepest = "[".repeat(Json.DEPTH_MAX) + "]".repeat(Json.DEPTH_MAX);
        var deeper = "[".repeat(Json.DEPTH_MAX + 1) + "]".repeat(Json.DEPTH_MAX + 1);

        var malformed = assertThrows(MalformedJson.class, () -> Json.parse(deeper.getBytes(UTF_8)));

        assertEquals(MalformedJson.Kind.BAD, malformed.kind());
        assertEquals(deepest, Json.parse(deepest.getBytes(UTF_8)).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.0",
                "1e3",
                "-0",
                "-0.0",
                "9007199254740992",
                "-9007199254740992",
                "92233720368547758080",
                "1e99999999999",
                "1e-99999999999"
            })
    void other_numbers_than_canonical_json_has_keep_their_token(String token) {
        var value = Json.parse(token.getBytes(UTF_8));

        assertEquals(new JsonDecimal(token), value);
        assertFalse(CanonicalJson.isStrict(JsonArray.of(JsonObject.of("a", value))));
    }

    @ParameterizedTest
    @CsvSource({
        "1e3, 1000",
        "1E+2, 100",
        "120e-1, 12",
        "-5e0, -5",
        "1e16, 1e16",
        "1e-3, 1e-3",
        "1.0, 1.0",
        "-0.0, -0.0",
        "1e99999999999, 1e99999999999"
    })
    void an_exponent_is_written_out_where_the_number_is_an_allowed_integer(
            String token, String canonical) {
        assertEquals(canonical, new String(new JsonDecimal(token).bytes(), UTF_8));
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 9_007_199_254_740_991L, -9_007_199_254_740_991L})
    void integers_of_the_allowed_range_are_integers(long number) {
        var value = Json.parse(Long.toString(number).getBytes(UTF_8));

        assertEquals(new JsonInteger(number), value);
        assertTrue(CanonicalJson.isStrict(value));
    }

    @Test
    void many_members_in_any_order_come_out_sorted() {
        var text = new StringBuilder("{\"z\":0");
        IntStream.range(0, 500)
                .map(i -> i * 271 % 500)
                .forEach(i -> text.append(",\"k").append(1000 + i).append("\":").append(i));

        var object = parse(text.append('}').toString());

        assertEquals(501, object.size());
        assertEquals(object.names().stream().sorted().toList(), object.names());
        assertEquals(OptionalLong.of(321), object.integer("k1321"));
    }

    @Test
    void an_accessor_of_another_type_is_empty() {
        var object = parse("{\"s\":\"x\",\"n\":1,\"b\":true,\"o\":{},\"a\":[],\"z\":null}");

        assertEquals(Optional.of("x"), object.string("s"));
        assertEquals(Optional.empty(), object.string("n"));
        assertEquals(OptionalLong.empty(), object.integer("s"));
        assertEquals(Optional.of(true), object.bool("b"));
        assertEquals(Optional.of(JsonObject.EMPTY), object.object("o"));
        assertEquals(Optional.of(JsonArray.EMPTY), object.array("a"));
        assertEquals(JsonNull.NULL, object.get("z"));
        assertNull(object.get("absent"));
    }

    @Test
    void with_and_without_change_a_copy() {
        var object = parse("{\"a\":1,\"c\":3}");

        var more = object.with("b", 2).with("a", "x").with("d", true).without("c");

        assertEquals("{\"a\":1,\"c\":3}", object.toString());
        assertEquals("{\"a\":\"x\",\"b\":2,\"d\":true}", more.toString());
        assertEquals(more, object.without("c").with("d", true).with("b", 2).with("a", "x"));
    }

    @Test
    void an_object_with_its_bytes_is_written_and_changed_as_any_other() {
        var content = parse("{\"b\":{\"x\":\"é\\n\"},\"a\":[1,true]}");

        var written = content.written();
        var event = JsonObject.of("type", "t").with("content", written).with("z", 1);

        assertEquals(content, written);
        assertEquals(
                "{\"content\":{\"a\":[1,true],\"b\":{\"x\":\"é\\n\"}},\"type\":\"t\",\"z\":1}",
                event.toString());
        assertEquals("{\"a\":2,\"b\":3}", written.with("a", 2).with("b", 3).toString());
        assertEquals("{\"a\":[1,true]}", new String(written.without("b").bytes(), UTF_8));
    }

    @Test
    void a_builder_keeps_the_last_value_of_a_name() {
        var object = JsonObject.builder().put("b", 1).put("a", 2).put("b", 3).put("c", "x").build();

        assertEquals("{\"a\":2,\"b\":3,\"c\":\"x\"}", object.toString());
    }

    @Test
    void a_writer_splices_raw_values() {
        var writer = new JsonWriter(1);

        writer.beginObject().name("a").beginArray().raw("{\"x\":1}".getBytes(UTF_8));
        writer.value("é\n").value(7).value(false).endArray().name("b").value(JsonNull.NULL);
        writer.endObject();

        assertEquals(
                "{\"a\":[{\"x\":1},\"é\\n\",7,false],\"b\":null}",
                new String(writer.bytes(), UTF_8));
    }

    private static JsonObject parse(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
