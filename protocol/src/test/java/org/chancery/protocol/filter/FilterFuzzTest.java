package org.chancery.protocol.filter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import org.chancery.protocol.Mutations;
import org.chancery.protocol.id.UserId;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.junit.jupiter.api.Test;

class FilterFuzzTest {
    private static final UserId ALICE = UserId.parse("@alice:a");
    private static final List<String> SEEDS =
            List.of(
                    """
                    {"room":{"state":{"types":["m.room.*"],"not_rooms":["!r:d"],
                    "lazy_load_members":true},"timeline":{"limit":10,"contains_url":true,
                    "senders":["@a:b"],"related_by_rel_types":["m.thread"]},"include_leave":true},
                    "presence":{"types":["*"],"not_senders":["@a:b"]},"event_format":"federation",
                    "event_fields":["type","content.m\\.x"]}""",
                    "{\"account_data\":{\"not_types\":[\"*\"]},\"room\":{\"rooms\":[]}}");

    @FuzzTest
    void parse(byte[] bytes) {
        usableOrRefused(bytes);
    }

    @Test
    void filters_that_are_almost_right_are_parsed_or_refused() {
        Mutations.of(SEEDS, 20_000, FilterFuzzTest::usableOrRefused);
    }

    private static void usableOrRefused(byte[] bytes) {
        Filter filter;
        JsonObject json;
        try {
            json = Json.parseObject(bytes);
            filter = Filter.parse(json);
        } catch (MalformedJson | MalformedFilter refused) {
            return;
        }
        var timeline = filter.room().timeline();
        boolean accepted = timeline.accepts("m.room.message", ALICE, json);

        assertEquals(accepted, timeline.accepts("m.room.message", ALICE, json));
        assertTrue(accepted || !timeline.isAll());
        assertTrue(timeline.limit(10, 100) <= 100);
        assertTrue(filter.fieldsOf(json).bytes().length <= json.bytes().length);
    }
}
