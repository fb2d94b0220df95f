package org.chancery.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.chancery.app.FrontDoor.Answer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Thumbnails, and parts of files, over HTTP.
class ThumbnailTest {
    private static final String UPLOAD = "/_matrix/media/v3/upload";
    private static final String THUMBNAIL = "/_matrix/client/v1/media/thumbnail/";
    private static final String DOWNLOAD = "/_matrix/client/v1/media/download/";

    @TempDir Path folder;
    private FrontDoor server;
    private FrontDoor.User alice;

    @BeforeEach
    void open() throws Exception {
        server = new FrontDoor(folder);
        alice = server.user("alice");
    }

    @AfterEach
    void close() {
        server.close();
    }

    @ParameterizedTest
    @CsvSource({
        "width=32&height=32&method=crop, 32x32",
        "width=100&height=60&method=scale, 300x240",
        "width=100&height=60, 300x240",
        "width=301&height=1&method=crop, 320x240",
        "width=500&height=400&animated=true, 600x480",
        "width=800&height=600, 750x600",
        "width=4000&height=10, 1000x800",
    })
    void a_thumbnail_is_not_smaller_than_wished_where_the_picture_is_large_enough(
            String wish, String size) throws Exception {
        String place = uploaded(picture(1_000, 800), "image/png");

        Answer thumbnail = alice.get(THUMBNAIL + place + "?" + wish).ok();

        BufferedImage image = ImageIO.read(new ByteArrayInputStream(thumbnail.response().body()));
        assertEquals(size, image.getWidth() + "x" + image.getHeight());
        boolean original = size.equals("1000x800");
        String type = original ? "png" : "jpeg";
        assertEquals("image/" + type, header(thumbnail, "Content-Type"));
        assertEquals(
                "inline; filename=\"thumbnail." + type + "\"",
                header(thumbnail, "Content-Disposition"));
        assertTrue(header(thumbnail, "Content-Security-Policy").startsWith("sandbox;"));
    }

    @Test
    void a_small_picture_is_its_own_thumbnail_and_its_true_type_is_told() throws Exception {
        byte[] small = picture(20, 10);
        String place = uploaded(small, "text/html");

        Answer thumbnail = alice.get(THUMBNAIL + place + "?width=96&height=96").ok();

        assertArrayEquals(small, thumbnail.response().body());
        assertEquals("image/png", header(thumbnail, "Content-Type"));
    }

    @Test
    void a_thumbnail_outlives_a_restart() throws Exception {
        String path = THUMBNAIL + uploaded(picture(400, 300), "image/png") + "?width=9&height=9";
        byte[] first = alice.get(path).ok().response().body();
        server.close();
        server = new FrontDoor(folder);

        byte[] again = server.send("GET", path, "", alice.token).ok().response().body();

        assertArrayEquals(first, again);
    }

    @ParameterizedTest
    @ValueSource(strings = {"width=0&height=9", "width=a&height=9", "width=9&height=9&method=x"})
    void a_wish_without_sense_is_refused(String wish) throws Exception {
        String place = uploaded(picture(10, 10), "image/png");

        alice.get(THUMBNAIL + place + "?" + wish).refused(400, "M_INVALID_PARAM");
    }

    @Test
    void what_has_no_thumbnail_says_so() throws Exception {
        String text = uploaded("no picture".getBytes(UTF_8), "image/png");
        byte[] bomb = picture(10, 10);
        bomb[17] = 127; // Half a million pixels wide.
        String size = "?width=32&height=32";

        alice.get(THUMBNAIL + text + size).refused(400, "M_UNKNOWN");
        alice.get(THUMBNAIL + text + size).refused(400, "M_UNKNOWN");
        alice.get(THUMBNAIL + text + "?width=9000&height=9000").refused(400, "M_UNKNOWN");
        alice.get(THUMBNAIL + uploaded(bomb, "image/png") + size).refused(413, "M_TOO_LARGE");
        alice.get(THUMBNAIL + text + "?width=32").refused(400, "M_MISSING_PARAM");
        alice.get(THUMBNAIL + "localhost/nothing" + size).refused(404, "M_NOT_FOUND");
        server.send("GET", THUMBNAIL + text + size, "", "").refused(401, "M_MISSING_TOKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 206, 0123, bytes 0-3/10",
        "bytes=4-, 206, 456789, bytes 4-9/10",
        "bytes=-3, 206, 789, bytes 7-9/10",
        "bytes=-99, 206, 0123456789, bytes 0-9/10",
        "bytes=8-99, 206, 89, bytes 8-9/10",
        "bytes=10-, 416, '', bytes */10",
        "bytes=-0, 416, '', bytes */10",
        "bytes=5-2, 200, 0123456789, ''",
        "'bytes=0-1,4-5', 200, 0123456789, ''",
        "lines=1-2, 200, 0123456789, ''",
    })
    void a_part_of_a_file_can_be_asked_for(String range, int status, String body, String told)
            throws Exception {
        String place = uploaded("0123456789".getBytes(UTF_8), "text/plain");

        Answer part = get(DOWNLOAD + place, "Range", range);

        assertEquals(status, part.status());
        assertEquals(body, new String(part.response().body(), UTF_8));
        assertEquals(told, header(part, "Content-Range"));
        assertTrue(header(part, "Content-Security-Policy").startsWith("sandbox;"));
    }

    @Test
    void a_file_that_the_client_has_is_not_sent_again_and_a_part_of_another_is_no_part()
            throws Exception {
        String place = uploaded("0123456789".getBytes(UTF_8), "text/plain");
        Answer whole = alice.get(DOWNLOAD + place).ok();
        String tag = header(whole, "ETag");

        assertEquals("bytes", header(whole, "Accept-Ranges"));
        assertEquals(304, get(DOWNLOAD + place, "If-None-Match", tag).status());
        String[] same = {"Range", "bytes=0-1", "If-Range", tag};
        String[] other = {"Range", "bytes=0-1", "If-Range", "\"another\""};
        assertEquals(206, get(DOWNLOAD + place, same).status());
        assertEquals(200, get(DOWNLOAD + place, other).status());
    }

    private Answer get(String path, String... headers) throws Exception {
        return server.send("GET", path, new byte[0], alice.token, headers);
    }

    private String uploaded(byte[] bytes, String type) throws Exception {
        Answer answer = server.send("POST", UPLOAD, bytes, alice.token, "Content-Type", type);
        return answer.ok().text("content_uri").substring("mxc://".length());
    }

    private static String header(Answer answer, String name) {
        return answer.response().headers().firstValue(name).orElse("");
    }

    private static byte[] picture(int width, int height) throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB), "png", bytes);
        return bytes.toByteArray();
    }
}
