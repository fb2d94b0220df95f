package org.chancery.app;

import static org.chancery.app.FrontDoor.CLIENT;
import static org.chancery.app.FrontDoor.encoded;
import static org.chancery.app.FrontDoor.rooms;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Starting, stopping, starting again; and what the configuration refuses.
final class LifeTest {
    @TempDir private Path folder = Path.of("");

    @Test
    void what_was_said_is_there_after_a_restart() throws Exception {
        String room;
        String event;
        FrontDoor.User alice;
        try (FrontDoor server = new FrontDoor(folder)) {
            alice = server.user("alice");
            room = alice.room("{}");
            event = alice.say(room, "kept");
        }

        try (FrontDoor server = new FrontDoor(folder)) {
            String path = rooms(room) + "/event/" + encoded(event);
            FrontDoor.Answer answer = server.send("GET", path, "", alice.token).ok();
            assertEquals("kept", answer.json().object("content").get().string("body").get());
        }
    }

    @Test
    void a_folder_belongs_to_one_process_and_one_name() throws Exception {
        try (FrontDoor server = new FrontDoor(folder)) {
            ConfigFault second =
                    assertThrows(ConfigFault.class, () -> new FrontDoor(folder).close());
            assertTrue(String.valueOf(second.getMessage()).contains("in use"));
            assertFalse(server.server().url().isEmpty());
        }

        ConfigFault renamed =
                assertThrows(
                        ConfigFault.class,
                        () -> new FrontDoor(folder, "--server-name", "other.example").close());
        assertTrue(String.valueOf(renamed.getMessage()).contains("localhost"));
    }

    @Test
    void the_first_administrator_has_a_link_that_only_the_owner_can_read() throws Exception {
        try (FrontDoor server = new FrontDoor(folder)) {
            Path file = folder.resolve("first-admin");
            String link = Files.readString(file).strip();
            assertEquals(
                    "rw-------",
                    PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            assertEquals(server.server().firstAdministrator().orElseThrow(), link);

            String token = link.substring(link.indexOf("token=") + 6);
            String body =
                    """
                    {"username":"root","password":"correct horse",
                    "auth":{"type":"m.login.registration_token","token":"%s"}}"""
                            .formatted(token);
            server.send("POST", CLIENT + "/register", body, "").ok();
            server.send("POST", CLIENT + "/register", body.replace("root", "second"), "")
                    .refused(401, "M_FORBIDDEN");
        }

        try (FrontDoor server = new FrontDoor(folder)) {
            assertTrue(server.server().firstAdministrator().isEmpty());
            assertFalse(Files.exists(folder.resolve("first-admin")));
        }
    }

    @Test
    void a_file_comes_back_as_it_was_sent_and_only_to_who_is_signed_in() throws Exception {
        try (FrontDoor server = new FrontDoor(folder, "--media-bytes-max", "1000")) {
            FrontDoor.User alice = server.user("alice");
            String uri =
                    alice.post("/_matrix/media/v3/upload?filename=a%20b.txt", "bytes")
                            .ok()
                            .text("content_uri");
            String path = "/_matrix/client/v1/media/download/" + uri.substring("mxc://".length());

            FrontDoor.Answer file = alice.get(path).ok();
            assertArrayEquals("bytes".getBytes(StandardCharsets.UTF_8), file.response().body());
            assertTrue(
                    file.response()
                            .headers()
                            .firstValue("Content-Disposition")
                            .orElseThrow()
                            .endsWith("filename*=utf-8''a%20b.txt"));
            server.send("GET", path, "", "").refused(401, "M_MISSING_TOKEN");
            alice.get(path + "x/y/z").refused(404, "M_UNRECOGNIZED");
            alice.get("/_matrix/client/v1/media/download/localhost/none")
                    .refused(404, "M_NOT_FOUND");
            alice.post("/_matrix/media/v3/upload", "x".repeat(1001)).refused(413, "M_TOO_LARGE");
            assertEquals(
                    1000,
                    alice.get("/_matrix/client/v1/media/config")
                            .ok()
                            .json()
                            .integer("m.upload.size")
                            .orElseThrow());
        }
    }

    @Test
    void the_configuration_names_everything_that_is_wrong_at_once() {
        ConfigFault fault =
                assertThrows(
                        ConfigFault.class,
                        () ->
                                Config.read(
                                        List.of("--port", "many", "--colour=red", "stray"),
                                        Map.of(
                                                "CHANCERY_DEFAULT_ROOM_VERSION", "99",
                                                "CHANCERY_NOSE", "1")));

        String message = String.valueOf(fault.getMessage());
        for (String wrong :
                List.of("port must be", "--colour", "stray", "default_room_version", "NOSE")) {
            assertTrue(message.contains(wrong), wrong + " in: " + message);
        }
    }

    @Test
    void options_win_over_the_environment_and_that_over_the_file() throws Exception {
        Path file = folder.resolve("chancery.conf");
        Files.writeString(file, "# a comment\nport = 1001\nserver_name = file.example\nbind=::1\n");

        Config config =
                Config.read(
                        List.of("--config", file.toString(), "--port=1003"),
                        Map.of("CHANCERY_PORT", "1002", "CHANCERY_SERVER_NAME", "env.example"));

        assertEquals(1003, config.listening().port());
        assertEquals("env.example", config.serverName().value());
        assertEquals("::1", config.listening().bind());
    }

    @Test
    void the_defaults_are_what_the_readme_says() {
        Config config = Config.read(List.of(), Map.of());

        assertEquals("localhost", config.serverName().value());
        assertEquals("127.0.0.1", config.listening().bind());
        assertEquals(8008, config.listening().port());
        assertEquals(Path.of("data"), config.data());
        assertEquals("12", config.defaultRoomVersion().id());
        assertEquals(104_857_600, config.mediaBytesMax());
        assertFalse(config.registration().open());
        assertFalse(config.unsafeTestProfile());
        assertTrue(config.postgres().isEmpty());
        assertTrue(Arrays.stream(Key.values()).noneMatch(key -> key.meaning().isEmpty()));
    }
}
