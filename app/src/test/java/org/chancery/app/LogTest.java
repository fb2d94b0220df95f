package org.chancery.app;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.chancery.protocol.json.JsonObject;
import org.chancery.tlog.note.VerifierKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The log of a whole server, over HTTP.
class LogTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void a_server_names_the_key_of_its_log_and_begins_the_log_only_when_there_is_a_leaf()
            throws Exception {
        String key;
        try (FrontDoor door = new FrontDoor(folder)) {
            key = log(door).string("key").orElseThrow();
        }
        try (FrontDoor door = new FrontDoor(folder)) {
            assertEquals(key, log(door).string("key").orElseThrow());
        }

        assertEquals("localhost/_chancery/log", VerifierKey.parse(key).name());
        assertEquals(
                PosixFilePermissions.fromString("rw-------"),
                Files.getPosixFilePermissions(folder.resolve("log.key")));
        assertFalse(Files.exists(folder.resolve("log")));
    }

    private static JsonObject log(FrontDoor door) throws Exception {
        return door.send("GET", "/_chancery/health", "", "")
                .ok()
                .json()
                .object("log")
                .orElseThrow();
    }
}
