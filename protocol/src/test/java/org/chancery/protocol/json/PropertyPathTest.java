package org.chancery.protocol.json;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PropertyPathTest {
    @ParameterizedTest
    @CsvSource({
        "content.body, content|body",
        "content.m\\.relates_to, content|m.relates_to",
        "content.m\\\\foo, content|m\\foo",
        "a\\x, a\\x",
        "a\\, a\\",
        "'', ''",
        "a..b, a||b"
    })
    void dots_part_names_unless_escaped(String text, String names) {
        assertEquals(List.of(names.split("\\|", -1)), PropertyPath.parse(text).names());
    }

    @Test
    void a_path_finds_what_stands_there() {
        var object = parse("{\"content\":{\"m.mentions\":{\"room\":true},\"x\":1}}");

        assertEquals(
                JsonBoolean.TRUE, PropertyPath.parse("content.m\\.mentions.room").find(object));
        assertNull(PropertyPath.parse("content.m.mentions").find(object));
        assertNull(PropertyPath.parse("content.x.y").find(object));
    }

    @Test
    void paths_select_parts_of_an_object() {
        var object =
                parse("{\"content\":{\"a\":1,\"b\":{\"c\":2,\"d\":3}},\"type\":\"t\",\"x\":0}");
        var paths =
                Stream.of("type", "content.a", "content.b.d", "content.none.y")
                        .map(PropertyPath::parse)
                        .toList();

        var selected = PropertyPath.select(object, paths);

        assertEquals("{\"content\":{\"a\":1,\"b\":{\"d\":3}},\"type\":\"t\"}", selected.toString());
    }

    private static JsonObject parse(String text) {
        return Json.parseObject(text.getBytes(UTF_8));
    }
}
