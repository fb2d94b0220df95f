package org.chancery.protocol.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.chancery.protocol.Mutations;
import org.junit.jupiter.api.Test;

class JsonFuzzTest {
    private static final List<String> SEEDS =
            List.of(
                    "{\"a\":[1,-2,3.5,1e3,true,false,null,\"x\"],\"b\":{\"c\":{}}}",
                    "{\"\\u00e9\\ud83d\\ude00\":\"\\b\\f\\n\\r\\t\\\\\\\"/é日😀\"}",
                    "[9007199254740991,-9007199254740992,0,-0,1E+2,0.0e-1]",
                    " { \"b\" : 1 , \"a\" : 2 } ");

    @FuzzTest
    void parse(byte[] bytes) {
        canonicalOrRefused(bytes);
    }

    @Test
    void texts_that_are_almost_json_are_parsed_or_refused() {
        Mutations.of(SEEDS, 50_000, JsonFuzzTest::canonicalOrRefused);
    }

    private static void canonicalOrRefused(byte[] bytes) {
        JsonValue value;
        try {
            value = Json.parse(bytes);
        } catch (MalformedJson refused) {
            return;
        }
        var canonical = value.bytes();
        assertArrayEquals(canonical, Json.parse(canonical).bytes());
    }
}
