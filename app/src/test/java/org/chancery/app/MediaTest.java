package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.chancery.app.FrontDoor.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Files whose address is told before they are uploaded.
class MediaTest {
    private static final String CREATE = "/_matrix/media/v1/create";
    private static final String UPLOAD = "/_matrix/media/v3/upload/";
    private static final String DOWNLOAD = "/_matrix/client/v1/media/download/";

    @TempDir Path folder;
    private FrontDoor server;
    private FrontDoor.User alice;
    private FrontDoor.User bob;

    @BeforeEach
    void open() throws Exception {
        server = new FrontDoor(folder, "--server-name", "hs1", "--media-bytes-max", "100");
        alice = server.user("alice");
        bob = server.user("bob");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @Test
    void a_reserved_address_takes_one_file_of_its_owner() throws Exception {
        String place = place();

        bob.put(UPLOAD + place, "not mine").refused(403, "M_FORBIDDEN");
        alice.put(UPLOAD + place, "x".repeat(101)).refused(413, "M_TOO_LARGE");
        alice.put(UPLOAD + place + "?filename=a.txt", "first").ok();
        alice.put(UPLOAD + place, "second").refused(409, "M_CANNOT_OVERWRITE_MEDIA");

        assertEquals("first", text(bob.get(DOWNLOAD + place)));
        alice.put(UPLOAD + "hs1/unheard-of", "x").refused(404, "M_NOT_FOUND");
        alice.put(UPLOAD + "hs2/" + place.substring(4), "x").refused(404, "M_NOT_FOUND");
    }

    @Test
    void a_file_still_to_come_is_waited_for_as_long_as_the_client_likes() throws Exception {
        String place = place();

        bob.get(DOWNLOAD + place + "?timeout_ms=1").refused(504, "M_NOT_YET_UPLOADED");
        bob.get(DOWNLOAD + place + "?timeout_ms=soon").refused(400, "M_INVALID_PARAM");
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Answer> waiting = people.submit(() -> bob.get(DOWNLOAD + place));
            alice.put(UPLOAD + place, "here it is").ok();

            assertEquals("here it is", text(waiting.get()));
        }
    }

    @Test
    void one_user_reserves_only_so_many_addresses() throws Exception {
        for (int i = 0; i < 50; i++) {
            assertTrue(alice.post(CREATE, "").ok().json().integer("unused_expires_at").isPresent());
        }

        alice.post(CREATE, "").refused(429, "M_LIMIT_EXCEEDED");
        bob.post(CREATE, "").ok();
    }

    @Test
    void a_reservation_outlives_a_restart() throws Exception {
        String place = place();
        server.close();
        server = new FrontDoor(folder, "--server-name", "hs1");

        String path = UPLOAD + place;
        server.send("PUT", path, "late", alice.token).ok();
        assertEquals("late", text(server.send("GET", DOWNLOAD + place, "", bob.token)));
    }

    /// A new address, as it stands in paths.
    private String place() throws Exception {
        String uri = alice.post(CREATE, "").ok().text("content_uri");
        assertTrue(uri.startsWith("mxc://hs1/"), uri);
        return uri.substring("mxc://".length());
    }

    private static String text(Answer answer) {
        return new String(answer.ok().response().body(), UTF_8);
    }
}
