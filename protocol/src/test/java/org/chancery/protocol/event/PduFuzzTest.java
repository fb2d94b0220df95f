package org.chancery.protocol.event;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.List;
import java.util.Optional;
import org.chancery.protocol.Mutations;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class PduFuzzTest {
    private static final List<String> SEEDS =
            List.of(
                    """
                    {"auth_events":["$a"],"content":{"body":"x"},"depth":3,"hashes":{"sha256":"AA"},
                    "origin_server_ts":1000,"prev_events":["$p"],"room_id":"!r:d","sender":"@u:d",
                    "signatures":{"d":{"ed25519:1":"AA"}},"state_key":"","type":"m.room.name"}""",
                    """
                    {"auth_events":[["$a:d",{"sha256":"AA"}]],"content":{"redacts":"$x"},"depth":3,
                    "event_id":"$e:d","hashes":{},"origin_server_ts":1,"prev_events":[],
                    "redacts":"$y:d","room_id":"!r:d","sender":"@u:d","signatures":{},
                    "type":"m.room.redaction","unsigned":{"age":1}}""",
                    """
                    {"auth_events":[],"content":{"membership":"invite","third_party_invite":
                    {"signed":{"token":"t"}}},"depth":9007199254740991,"hashes":{},
                    "origin_server_ts":1,"prev_events":[],"room_id":"!r","sender":"@u:d:1",
                    "signatures":{},"state_key":"@b:c","type":"m.room.member"}""");

    @FuzzTest
    void parse(byte[] bytes) {
        soundOrRefused(bytes);
    }

    @Test
    void events_that_are_almost_right_are_parsed_or_refused() {
        Mutations.of(SEEDS, 5_000, PduFuzzTest::soundOrRefused);
    }

    private static void soundOrRefused(byte[] bytes) {
        JsonObject json;
        try {
            json = Json.parseObject(bytes);
        } catch (MalformedJson refused) {
            return;
        }
        for (var version : RoomVersion.values()) {
            parsed(json, version).ifPresent(PduFuzzTest::check);
        }
    }

    private static Optional<Pdu> parsed(JsonObject json, RoomVersion version) {
        try {
            return Optional.of(Pdu.parse(json, version));
        } catch (MalformedPdu refused) {
            return Optional.empty();
        }
    }

    /// What holds of every event that parses.
    private static void check(Pdu pdu) {
        var redacted = pdu.redacted();
        var again = Pdu.parse(Json.parseObject(pdu.json().bytes()), pdu.version());

        assertEquals(pdu, again);
        assertEquals(pdu.eventId(), Pdu.parse(redacted.json(), pdu.version()).eventId());
        assertArrayEquals(redacted.json().bytes(), redacted.redacted().json().bytes());
        assertTrue(pdu.prevEvents().size() <= 20 && pdu.authEvents().size() <= 10);
        assertEquals(pdu.type(), ClientEvent.of(pdu).string("type").orElseThrow());
        assertTrue(ReceivedPdu.parse(pdu.json(), pdu.version()).requiredSigners().size() <= 3);
    }
}
