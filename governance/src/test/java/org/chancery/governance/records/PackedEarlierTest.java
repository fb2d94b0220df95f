package org.chancery.governance.records;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

/// Pieces lie packed for decades: bytes that earlier versions wrote, as they wrote them.
class PackedEarlierTest {
    private static final RoomRef ROOM =
            RoomRef.stored(new RoomId("!room:house.example"), RoomVersion.V12, 1);
    private static final Place PLACE = new Place(ROOM, Kind.EVENT, Place.id(1, 0), 1);

    private static final String EVENT =
            """
            {"content":{"membership":"join","displayname":"Ada"},"depth":7,"origin_server_ts":17,\
            "prev_events":["$p"],"room_id":"!r","sender":"@ada:example.org","state_key":"@ada",\
            "type":"m.room.member"}\
            """;
    private static final String ENCRYPTED =
            "{\"ciphertext\":\"" + "QUJDREVGR0hJSktM".repeat(9) + "\",\"session_id\":\"s\"}";

    private static final String DEFLATED =
            """
            01ab460e18c2c9cd312511c96340b712e78302342f801322dc0f89298956a91589b90539a97a\
            c0a400f2127222054a0385507d004dceb500\
            """;
    private static final String UNBASED =
            """
            020f7b2263697068657274657874223a22484142434445464748494a4b4c4142434445464748\
            494a4b4c4142434445464748494a4b4c4142434445464748494a4b4c4142434445464748494a\
            4b4c4142434445464748494a4b4c4142434445464748494a4b4c4142434445464748494a4b4c\
            4142434445464748494a4b4c13222c2273657373696f6e5f6964223a2273227d\
            """;

    @Test
    void what_was_written_as_it_is_is_read() {
        assertEquals(EVENT, unpacked("00" + HexFormat.of().formatHex(EVENT.getBytes(UTF_8))));
    }

    @Test
    void what_was_deflated_is_read() {
        assertEquals(EVENT, unpacked(DEFLATED));
    }

    @Test
    void what_was_written_without_its_base64_is_read() {
        assertEquals(ENCRYPTED, unpacked(UNBASED));
    }

    private static String unpacked(String hex) {
        return new String(Packing.unpack(PLACE, HexFormat.of().parseHex(hex)), UTF_8);
    }
}
