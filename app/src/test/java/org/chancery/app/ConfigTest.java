package org.chancery.app;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.chancery.protocol.roomversion.RoomVersion;
import org.junit.jupiter.api.Test;

class ConfigTest {
    @Test
    void rooms_are_of_version_12_and_of_11_for_test_suites_unless_said_otherwise() {
        assertEquals(RoomVersion.V12, version());
        assertEquals(RoomVersion.V11, version("--unsafe-test-profile=true"));
        assertEquals(RoomVersion.V10, version("--default-room-version=10"));
        assertEquals(
                RoomVersion.V12,
                version("--unsafe-test-profile=true", "--default-room-version=12"));
    }

    private static RoomVersion version(String... options) {
        return Config.read(List.of(options), Map.of()).defaultRoomVersion();
    }
}
