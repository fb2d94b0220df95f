package org.chancery.protocol.authrules;

import static org.chancery.protocol.TestRoom.ALICE;
import static org.chancery.protocol.TestRoom.BOB;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.chancery.protocol.TestRoom;
import org.chancery.protocol.json.Json;
import org.chancery.protocol.json.JsonObject;
import org.chancery.protocol.json.MalformedJson;
import org.chancery.protocol.roomversion.RoomVersion;

/// Power levels of any form are parsed, judged and compared without an exception, and keep to what
/// holds of all: creators stay above, and what the rules allow reads back as it was judged.
class PowerLevelsFuzzTest {
    private static final AuthRules RULES = new AuthRules((_, _, _) -> false);

    @FuzzTest
    void power_levels_of_any_form_are_read(byte[] data) {
        JsonObject content;
        try {
            content = Json.parseObject(data);
        } catch (MalformedJson e) {
            return;
        }
        for (var version : RoomVersion.values()) {
            var room = TestRoom.of(version).joined(BOB);
            var event = room.next(ALICE, "m.room.power_levels", "").content(content).build();

            var verdict = RULES.judge(event, room.authState());

            var levels = room.add(event).authState().powerLevels(version);
            assertTrue(levels.of(BOB) < PowerLevels.CREATOR);
            assertEquals(version.creatorsPrivileged(), levels.of(ALICE) == PowerLevels.CREATOR);
            if (verdict.isAllowed()) {
                assertEquals(
                        content.object("users").orElse(JsonObject.EMPTY).size(),
                        levels.users().size());
            }
        }
    }
}
