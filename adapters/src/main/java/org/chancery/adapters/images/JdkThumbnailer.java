package org.chancery.adapters.images;

import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Optional;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import org.chancery.homeserver.media.ThumbnailSize;
import org.chancery.homeserver.media.ThumbnailSize.Method;
import org.chancery.homeserver.media.Thumbnailer;

/// Makes thumbnails by the JDK's own readers and writers.
///
/// # Life of a thumbnail
/// The file is told by its first bytes and taken apart ([Bare]), so that its size is known and
/// checked before a reader sees it, and the reader sees only what drawing needs. It draws the part
/// that will be seen, and only every so many pixels of it: what is in memory then has a bound,
/// however large the picture. Those are turned as the camera was held and shrunk to the size
/// wanted, and written anew, so that nothing of the file lives on but the picture. A reader that
/// takes too long finds its file at an end.
public final class JdkThumbnailer implements Thumbnailer {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /// So many pixels are drawn before they are shrunk, give or take the size wanted.
    private static final double DRAWN_PIXELS = 2_000_000;

    private static final float QUALITY = 0.85f;
    private static final String OF_THE_JDK = "java.desktop";

    private final InstantSource clock;

    public JdkThumbnailer(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Optional<String> typeOf(byte[] beginning) {
        return Format.of(beginning).map(Format::contentType);
    }

    @Override
    public Optional<Picture> shrink(byte[] original, ThumbnailSize size) {
        Format format =
                Format.of(original).orElseThrow(() -> Unreadable.broken("no format that is read"));
        Bare bare = Bare.of(format, original);
        boolean turned = bare.orientation() > 4;
        int width = turned ? bare.height() : bare.width();
        int height = turned ? bare.width() : bare.height();
        if (size.holds(width, height)) {
            return Optional.empty();
        }
        ThumbnailSize to = size.of(width, height);
        Rectangle seen = seen(width, height, to);
        Rectangle drawn = turned ? new Rectangle(seen.y, seen.x, seen.height, seen.width) : seen;
        Pixels pixels = Pixels.of(draw(bare, drawn, step(seen, to)), bare.orientation());
        Pixels small =
                pixels.shrunk(
                        Math.min(to.width(), pixels.width()),
                        Math.min(to.height(), pixels.height()));
        return Optional.of(written(small));
    }

    /// The part of the picture that will be seen: all of it, or the middle in the wanted shape.
    private static Rectangle seen(int width, int height, ThumbnailSize to) {
        if (to.method() == Method.SCALE) {
            return new Rectangle(0, 0, width, height);
        }
        double ratio = Math.min((double) width / to.width(), (double) height / to.height());
        int cutWidth = Math.clamp(Math.round(to.width() * ratio), 1, width);
        int cutHeight = Math.clamp(Math.round(to.height() * ratio), 1, height);
        return new Rectangle((width - cutWidth) / 2, (height - cutHeight) / 2, cutWidth, cutHeight);
    }

    /// Every which pixel is drawn, so that there are enough and not too many.
    private static int step(Rectangle seen, ThumbnailSize to) {
        double wanted = Math.ceil(Math.sqrt((double) seen.width * seen.height / DRAWN_PIXELS));
        double most =
                Math.min((double) seen.width / to.width(), (double) seen.height / to.height());
        return (int) Math.max(1, Math.min(wanted, Math.floor(most)));
    }

    private BufferedImage draw(Bare bare, Rectangle part, int step) {
        Instant deadline = clock.instant().plus(PATIENCE);
        ImageReader reader =
                ofTheJdk(ImageIO.getImageReadersByFormatName(bare.format().readerName()));
        try (var in = new BytesInput(bare.bytes(), clock, deadline)) {
            reader.setInput(in, true, true);
            if (reader.getWidth(0) != bare.width() || reader.getHeight(0) != bare.height()) {
                throw Unreadable.broken("two sizes in one file");
            }
            ImageReadParam param = reader.getDefaultReadParam();
            param.setSourceRegion(part);
            param.setSourceSubsampling(step, step, 0, 0);
            var stop = new StopAt(deadline, clock);
            reader.addIIOReadProgressListener(stop);
            BufferedImage image = reader.read(0, param);
            if (stop.isLate()) {
                throw Unreadable.tooLarge("the picture takes too long to read");
            }
            return image;
        } catch (IOException | RuntimeException e) {
            if (e instanceof Unreadable unreadable) {
                throw unreadable;
            }
            // The readers throw whatever their arithmetic comes to in a broken file.
            throw Unreadable.broken("the reader gave up");
        } finally {
            reader.dispose();
        }
    }

    private static Picture written(Pixels pixels) {
        boolean opaque = pixels.isOpaque();
        var image =
                new BufferedImage(
                        pixels.width(),
                        pixels.height(),
                        opaque ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
        image.setRGB(0, 0, pixels.width(), pixels.height(), pixels.argb(), 0, pixels.width());
        Format format = opaque ? Format.JPEG : Format.PNG;
        ImageWriter writer = ofTheJdk(ImageIO.getImageWritersByFormatName(format.readerName()));
        var bytes = new ByteArrayOutputStream();
        try (var out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            ImageWriteParam param = writer.getDefaultWriteParam();
            if (opaque) {
                param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                param.setCompressionQuality(QUALITY);
            }
            writer.write(null, new IIOImage(image, null, null), param);
        } catch (IOException e) {
            throw new UncheckedIOException("a picture could not be written to memory", e);
        } finally {
            writer.dispose();
        }
        return new Picture(format.contentType(), bytes.toByteArray());
    }

    /// What else announces itself on the class path is not taken.
    private static <T> T ofTheJdk(Iterator<T> offered) {
        while (offered.hasNext()) {
            T each = offered.next();
            if (OF_THE_JDK.equals(each.getClass().getModule().getName())) {
                return each;
            }
        }
        throw new IllegalStateException("this Java runtime lacks the module java.desktop");
    }
}
