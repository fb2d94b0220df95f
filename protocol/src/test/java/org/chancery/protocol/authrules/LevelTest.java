package org.chancery.protocol.authrules;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.OptionalLong;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.json.JsonValue;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LevelTest {
    @ParameterizedTest
    @CsvSource(
            ignoreLeadingAndTrailingWhitespace = false,
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "100|100",
                "-7|-7",
                "'100'|100",
                "'000100'|100",
                "'+100'|100",
                "'-100'|-100",
                "'0'|0",
                "'-000'|0",
                "' 100 '|100",
                "' 00100 '|100",
                "' +100 '|100",
                "'9'|9",
                "'999999999999999999'|999999999999999999",
                "'000000000000000000000007'|7",
                "'1000000000000000000'|9223372036854775806",
                "'99999999999999999999999999999'|9223372036854775806",
                "'-99999999999999999999999999999'|-9223372036854775806",
                "50.57|50",
                "-50.57|-50",
                "5.114698E4|51146",
                "1e300|9223372036854775806",
                "-1e300|-9223372036854775806",
            })
    void old_rooms_read_levels_from_texts_and_fractions(String json, long level) {
        assertEquals(OptionalLong.of(level), Level.parse(RoomVersion.V9, value(json)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "''", "' '", "'+'", "'-'", "'ten'", "'1.5'", "'1e3'", "'--1'", "'1 0'", "'1_0'",
                "'٣'", "'/'", "':'", "1e999", "-1e999", "true", "null", "[1]", "{}"
            })
    void what_is_no_integer_is_no_level(String json) {
        assertEquals(OptionalLong.empty(), Level.parse(RoomVersion.V1, value(json)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'100'", "50.5", "1e2"})
    void since_version_10_only_integers_count(String json) {
        assertEquals(OptionalLong.empty(), Level.parse(RoomVersion.V10, value(json)));
        assertEquals(OptionalLong.of(3), Level.parse(RoomVersion.V10, value("3")));
    }

    static JsonValue value(String json) {
        var value = TestRoom.json("{'v':" + json + "}").get("v");
        if (value == null) {
            throw new AssertionError("no value");
        }
        return value;
    }
}
