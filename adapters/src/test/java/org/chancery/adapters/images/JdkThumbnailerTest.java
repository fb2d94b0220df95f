package org.chancery.adapters.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;
import org.chancery.homeserver.media.ThumbnailSize;
import org.chancery.homeserver.media.ThumbnailSize.Method;
import org.chancery.homeserver.media.Thumbnailer.Picture;
import org.chancery.homeserver.media.Thumbnailer.Unreadable;
import org.chancery.testkit.ManualClock;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class JdkThumbnailerTest {
    private static final int RED = 0xFFFF0000;
    private static final int BLUE = 0xFF0000FF;
    private static final int FLIPS = 400;

    private final JdkThumbnailer thumbnailer = new JdkThumbnailer(ManualClock.standing());

    @ParameterizedTest
    @CsvSource({
        "400, 300, SCALE, 320, 240",
        "300, 400, SCALE, 180, 240",
        "4000, 40, SCALE, 320, 3",
        "400, 300, CROP, 320, 240",
        "1000, 300, CROP, 320, 240",
        "400, 100, CROP, 320, 100",
    })
    void a_picture_becomes_as_small_as_the_box(
            int width, int height, Method method, int newWidth, int newHeight) throws IOException {
        var file = file(width, height, "jpeg", (_, _) -> RED);

        var small = image(shrunk(file, new ThumbnailSize(320, 240, method)));

        assertEquals(newWidth + "x" + newHeight, small.getWidth() + "x" + small.getHeight());
        assertLike(RED, small.getRGB(newWidth / 2, newHeight / 2));
    }

    @Test
    void a_picture_that_is_small_already_stays_as_it_is() throws IOException {
        var file = file(96, 20, "png", (_, _) -> RED);

        assertEquals(
                Optional.empty(), thumbnailer.shrink(file, new ThumbnailSize(96, 96, Method.CROP)));
    }

    @Test
    void a_crop_shows_the_middle() throws IOException {
        var file = file(400, 100, "png", (x, _) -> x >= 150 && x < 250 ? BLUE : RED);

        var small = image(shrunk(file, new ThumbnailSize(96, 96, Method.CROP)));

        assertLike(BLUE, small.getRGB(8, 48));
        assertLike(BLUE, small.getRGB(88, 48));
    }

    @ParameterizedTest
    @CsvSource({
        "1, false, 10, 30", "2, false, 90, 30", "3, false, 90, 30", "4, false, 10, 30",
        "5, true, 30, 10", "6, true, 30, 10", "7, true, 30, 90", "8, true, 30, 90",
    })
    void a_picture_is_turned_as_the_camera_was_held(
            int orientation, boolean turned, int redX, int redY) throws IOException {
        var stored = file(200, 120, "jpeg", (x, _) -> x < 100 ? RED : BLUE);

        var small =
                image(
                        shrunk(
                                withExif(stored, orientation),
                                new ThumbnailSize(100, 100, Method.SCALE)));

        assertEquals(turned ? 60 : 100, small.getWidth());
        assertEquals(turned ? 100 : 60, small.getHeight());
        assertLike(RED, small.getRGB(redX, redY));
        assertLike(BLUE, small.getRGB(turned ? redX : 100 - redX, turned ? 100 - redY : redY));
    }

    @Test
    void nothing_of_the_file_lives_on_but_the_picture() throws IOException {
        var file = withExif(file(200, 120, "jpeg", (_, _) -> RED), 1);

        byte[] small = shrunk(file, new ThumbnailSize(96, 96, Method.SCALE)).bytes();

        assertTrue(new String(file, ISO_8859_1).contains("the place where I live"));
        assertFalse(new String(small, ISO_8859_1).contains("the place where I live"));
        assertFalse(new String(small, ISO_8859_1).contains("Exif"));
    }

    @Test
    void what_is_transparent_stays_so_and_only_that_is_a_png() throws IOException {
        var clear = file(200, 200, "png", (x, _) -> x < 100 ? 0x00FFFFFF : RED);
        var opaque = file(200, 200, "png", (_, _) -> BLUE);

        Picture small = shrunk(clear, new ThumbnailSize(96, 96, Method.SCALE));

        assertEquals("image/png", small.contentType());
        assertEquals(0, image(small).getRGB(10, 10) >>> 24);
        assertEquals(RED, image(small).getRGB(90, 10));
        assertEquals(
                "image/jpeg",
                shrunk(opaque, new ThumbnailSize(96, 96, Method.SCALE)).contentType());
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpeg", "png"})
    void grey_stays_as_dark_as_it_was(String format) throws IOException {
        var image = new BufferedImage(200, 200, BufferedImage.TYPE_BYTE_GRAY);
        for (int i = 0; i < 200 * 200; i++) {
            image.getRaster().setSample(i % 200, i / 200, 0, 100);
        }

        var small = image(shrunk(encoded(image, format), new ThumbnailSize(96, 96, Method.SCALE)));

        int gray = small.getRGB(40, 40) & 0xFF;
        assertTrue(Math.abs(gray - 100) < 4, () -> "grey is " + gray);
    }

    @Test
    void a_very_large_picture_is_drawn_in_little_memory() throws IOException {
        var image = new BufferedImage(8_000, 6_000, BufferedImage.TYPE_BYTE_BINARY);

        var small = image(shrunk(encoded(image, "png"), new ThumbnailSize(640, 480, Method.SCALE)));

        assertEquals(640, small.getWidth());
        assertEquals(480, small.getHeight());
    }

    @Test
    void more_pixels_than_are_drawn_are_refused_before_they_are_drawn() throws IOException {
        var png = file(40, 40, "png", (_, _) -> RED);
        ByteBuffer.wrap(png).putInt(16, 60_000).putInt(20, 60_000);
        var jpeg = file(40, 40, "jpeg", (_, _) -> RED);
        int frame = indexOf(jpeg, 0xC0);
        ByteBuffer.wrap(jpeg).putShort(frame + 5, (short) 10_000);
        ByteBuffer.wrap(jpeg).putShort(frame + 7, (short) 10_000);
        var inPasses = file(40, 40, "jpeg", (_, _) -> RED);
        inPasses[indexOf(inPasses, 0xC0) + 1] = (byte) 0xC2;
        ByteBuffer.wrap(inPasses).putShort(indexOf(inPasses, 0xC2) + 5, (short) 5_000);
        ByteBuffer.wrap(inPasses).putShort(indexOf(inPasses, 0xC2) + 7, (short) 5_000);
        var gif = file(40, 40, "gif", (_, _) -> RED);
        int picture = 13 + (3 << ((gif[10] & 7) + 1));
        while (gif[picture] != 0x2C) {
            picture++;
        }
        gif[picture + 6] = (byte) 0xFF;
        gif[picture + 8] = (byte) 0xFF;

        for (byte[] file : new byte[][] {png, jpeg, inPasses, gif}) {
            assertTrue(refused(file).isTooLarge());
        }
    }

    @Test
    void a_picture_of_endless_passes_is_refused() throws IOException {
        var jpeg = file(200, 200, "jpeg", (_, _) -> RED);
        var passes = new ByteArrayOutputStream();
        passes.write(jpeg, 0, jpeg.length - 2);
        for (int i = 0; i < 100; i++) {
            passes.write(new byte[] {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 63, 0});
        }

        assertTrue(refused(passes.toByteArray()).isTooLarge());
    }

    @Test
    void a_reader_that_takes_too_long_is_stopped() throws IOException {
        var seconds = new AtomicLong();
        var hasty = new JdkThumbnailer(() -> Instant.ofEpochSecond(seconds.getAndAdd(3)));
        for (String format : new String[] {"jpeg", "png", "gif"}) {
            var file = file(300, 300, format, (x, y) -> 0xFF000000 | x * y);

            assertThrows(
                    Unreadable.class,
                    () -> hasty.shrink(file, new ThumbnailSize(96, 96, Method.SCALE)));
        }
    }

    @Test
    void texts_and_profiles_never_reach_a_reader() throws IOException {
        var png = file(200, 200, "png", (_, _) -> RED);
        var out = new ByteArrayOutputStream();
        out.write(png, 0, 33); // The signature and the first chunk.
        out.write(ByteBuffer.allocate(4).putInt(5).array());
        out.write("zTXtbombs".getBytes(UTF_8));
        out.write(new byte[4]);
        out.write(png, 33, png.length - 33);

        Bare bare = Bare.of(Format.PNG, out.toByteArray());

        assertEquals(png.length, bare.bytes().length);
        assertFalse(new String(bare.bytes(), ISO_8859_1).contains("bombs"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<svg xmlns='http://www.w3.org/2000/svg'/>",
                "RIFF    WEBPVP8 ",
                "GIF89a",
                "%PDF-1.7",
                "\0\0\0 ftypavif",
            })
    void what_is_no_picture_is_refused(String text) {
        assertFalse(refused(text.getBytes(ISO_8859_1)).isTooLarge());
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void broken_files_are_drawn_or_refused_and_nothing_else(Format format) throws IOException {
        var random = new SplittableRandom(7);
        var whole = file(120, 90, format.readerName(), (x, y) -> 0xFF000000 | x * 7 + y * 513);
        for (int i = 0; i < FLIPS; i++) {
            byte[] broken = Arrays.copyOf(whole, whole.length - random.nextInt(whole.length / 2));
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                broken[random.nextInt(broken.length)] = (byte) random.nextInt();
            }

            try {
                var _ = thumbnailer.shrink(broken, new ThumbnailSize(32, 32, Method.CROP));
            } catch (Unreadable refused) {
                assertNotNull(refused.getMessage());
            }
        }
    }

    private Picture shrunk(byte[] file, ThumbnailSize size) {
        return thumbnailer.shrink(file, size).orElseThrow();
    }

    private Unreadable refused(byte[] file) {
        return assertThrows(
                Unreadable.class,
                () -> thumbnailer.shrink(file, new ThumbnailSize(32, 32, Method.SCALE)));
    }

    private static byte[] file(int width, int height, String format, IntBinaryOperator color)
            throws IOException {
        int type = format.equals("png") ? BufferedImage.TYPE_INT_ARGB : BufferedImage.TYPE_INT_RGB;
        var image = new BufferedImage(width, height, type);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, color.applyAsInt(x, y));
            }
        }
        return encoded(image, format);
    }

    private static byte[] encoded(BufferedImage image, String format) throws IOException {
        var bytes = new ByteArrayOutputStream();
        assertTrue(ImageIO.write(image, format, bytes));
        return bytes.toByteArray();
    }

    private static BufferedImage image(Picture picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture.bytes()));
    }

    /// A segment as cameras write it: a directory of one entry, and a text.
    private static byte[] withExif(byte[] jpeg, int orientation) {
        byte[] text = "the place where I live".getBytes(UTF_8);
        ByteBuffer segment =
                ByteBuffer.allocate(4 + 6 + 8 + 2 + 12 + 4 + text.length)
                        .putShort((short) 0xFFE1)
                        .putShort((short) (34 + text.length))
                        .put("Exif\0\0MM\0*".getBytes(ISO_8859_1))
                        .putInt(8)
                        .putShort((short) 1)
                        .putShort((short) 0x0112)
                        .putShort((short) 3)
                        .putInt(1)
                        .putShort((short) orientation)
                        .putShort((short) 0)
                        .putInt(0)
                        .put(text);
        return ByteBuffer.allocate(jpeg.length + segment.capacity())
                .put(jpeg, 0, 2)
                .put(segment.flip())
                .put(jpeg, 2, jpeg.length - 2)
                .array();
    }

    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 2; i < jpeg.length; i++) {
            if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }

    private static void assertLike(int wanted, int found) {
        for (int shift = 0; shift < 24; shift += 8) {
            int distance = Math.abs(((wanted >> shift) & 0xFF) - ((found >> shift) & 0xFF));
            assertTrue(
                    distance < 24,
                    () -> Integer.toHexString(wanted) + " is not " + Integer.toHexString(found));
        }
    }
}
