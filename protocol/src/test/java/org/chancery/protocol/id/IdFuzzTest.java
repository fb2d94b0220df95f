package org.chancery.protocol.id;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.chancery.protocol.Mutations;
import org.junit.jupiter.api.Test;

class IdFuzzTest {
    private static final List<String> SEEDS =
            List.of(
                    "@alice:example.org:8448",
                    "!room:[1234:5678::abcd]:5678",
                    "#alias:1.2.3.4",
                    "$31hneApxJ_1o-63DmFrpeqnkFfWppnzWso1JvH3ogLM",
                    "matrix.org:443");
    private static final List<Function<String, ?>> PARSERS =
            List.of(
                    UserId::parse,
                    RoomId::parse,
                    EventId::parse,
                    RoomAlias::parse,
                    DeviceId::parse,
                    ServerName::parse);

    @FuzzTest
    void parse(byte[] bytes) {
        faithfulOrRefused(bytes);
    }

    @Test
    void texts_that_are_almost_ids_are_parsed_or_refused() {
        Mutations.of(SEEDS, 20_000, IdFuzzTest::faithfulOrRefused);
    }

    private static void faithfulOrRefused(byte[] bytes) {
        var text = new String(bytes, UTF_8);
        for (var parser : PARSERS) {
            var id = parsed(parser, text);
            if (id.isPresent()) {
                assertEquals(text, id.get().toString());
                assertEquals(id, parsed(parser, id.get().toString()));
                assertTrue(text.getBytes(UTF_8).length <= 255);
            }
        }
    }

    private static Optional<Object> parsed(Function<String, ?> parser, String text) {
        try {
            return Optional.of(parser.apply(text));
        } catch (MalformedId refused) {
            return Optional.empty();
        }
    }
}
