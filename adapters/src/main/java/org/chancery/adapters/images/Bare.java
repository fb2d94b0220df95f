package org.chancery.adapters.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Set;
import org.chancery.homeserver.media.Thumbnailer.Unreadable;

/// A picture with nothing left but what drawing it needs, and what had to be known of it before it
/// is drawn. Colour profiles, texts, previews, further frames and all that else could hide in a
/// file never reach a reader.
final class Bare {
    static final int SIDE_MAX = 16_384;
    static final long PIXELS_MAX = 50_000_000;

    /// A reader keeps the whole of a picture that comes in several passes.
    static final long PIXELS_IN_PASSES_MAX = 16_000_000;

    private static final int PASSES_MAX = 64;
    private static final Set<String> PNG_PARTS = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");

    private final Format format;
    private final byte[] bytes;
    private final int width;
    private final int height;
    private final int orientation;

    private Bare(Format format, byte[] bytes, int width, int height, int orientation) {
        this.format = format;
        this.bytes = bytes;
        this.width = width;
        this.height = height;
        this.orientation = orientation;
    }

    Format format() {
        return format;
    }

    byte[] bytes() {
        return bytes;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    /// How it is to be turned (Exif, tag 274): 1 to 8, 1 for not at all.
    int orientation() {
        return orientation;
    }

    /// Takes a file apart.
    ///
    /// @throws Unreadable if it is not whole, or its picture is too large
    static Bare of(Format format, byte[] file) {
        try {
            return switch (format) {
                case JPEG -> jpeg(file);
                case PNG -> png(file);
                case GIF -> gif(file);
            };
        } catch (BufferUnderflowException
                | IllegalArgumentException
                | IndexOutOfBoundsException
                | ArithmeticException e) {
            throw Unreadable.broken("the file is cut off");
        }
    }

    private static Bare checked(Bare bare, long pixelsMax) {
        if (bare.width == 0 || bare.height == 0) {
            throw Unreadable.broken("a picture of no size");
        }
        if (bare.width > SIDE_MAX
                || bare.height > SIDE_MAX
                || (long) bare.width * bare.height > pixelsMax) {
            throw Unreadable.tooLarge("more pixels than are drawn");
        }
        return bare;
    }

    // JPEG: segments, each with a marker and a length, then the picture (ITU-T T.81, annex B).

    private static Bare jpeg(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).position(2);
        var out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 2);
        int width = 0;
        int height = 0;
        int orientation = 1;
        boolean inPasses = false;
        for (int marker = marker(in); marker != 0xDA; marker = marker(in)) {
            int start = in.position() - 2;
            int length = Short.toUnsignedInt(in.getShort());
            ByteBuffer body = in.slice(in.position(), length - 2);
            in.position(in.position() + length - 2);
            if (isFrame(marker)) {
                height = Short.toUnsignedInt(body.getShort(1));
                width = Short.toUnsignedInt(body.getShort(3));
                inPasses = marker != 0xC0 && marker != 0xC1;
            } else if (marker == 0xE1) {
                orientation = Exif.orientation(body, orientation);
            }
            boolean ofApplication = marker >= 0xE0 && marker <= 0xEF;
            if (marker == 0xE0 || marker == 0xEE || (!ofApplication && marker != 0xFE)) {
                out.write(file, start, length + 2);
            }
        }
        int rest = in.position() - 2;
        requireFewPasses(file, rest);
        out.write(file, rest, file.length - rest);
        return checked(
                new Bare(Format.JPEG, out.toByteArray(), width, height, orientation),
                inPasses ? PIXELS_IN_PASSES_MAX : PIXELS_MAX);
    }

    /// Only markers that have a length stand before the picture.
    private static int marker(ByteBuffer in) {
        int first = Byte.toUnsignedInt(in.get());
        int marker = Byte.toUnsignedInt(in.get());
        if (first != 0xFF || marker < 0xC0 || (marker >= 0xD0 && marker <= 0xD9)) {
            throw Unreadable.broken("no marker where one belongs");
        }
        return marker;
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xC0
                && marker <= 0xCF
                && marker != 0xC4
                && marker != 0xC8
                && marker != 0xCC;
    }

    /// Each pass goes over the whole picture, and may be a few bytes long.
    private static void requireFewPasses(byte[] file, int from) {
        int passes = 0;
        for (int i = from; i + 1 < file.length; i++) {
            if (file[i] == (byte) 0xFF && file[i + 1] == (byte) 0xDA && ++passes > PASSES_MAX) {
                throw Unreadable.tooLarge("more passes than are drawn");
            }
        }
    }

    // PNG: chunks of a length, a type, a body and a checksum (ISO/IEC 15948).

    private static Bare png(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).position(8);
        var out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, 8);
        int width = 0;
        int height = 0;
        for (String type = ""; !type.equals("IEND"); ) {
            int start = in.position();
            int length = in.getInt();
            var name = new byte[4];
            in.get(name);
            type = new String(name, ISO_8859_1);
            if (length < 0 || (start == 8) != type.equals("IHDR")) {
                throw Unreadable.broken("a chunk where none belongs");
            }
            if (start == 8) {
                width = in.getInt(in.position());
                height = in.getInt(in.position() + 4);
            }
            in.position(Math.addExact(in.position(), Math.addExact(length, 4)));
            if (PNG_PARTS.contains(type)) {
                out.write(file, start, length + 12);
            }
        }
        if (width < 0 || height < 0) {
            throw Unreadable.broken("a picture of no size");
        }
        return checked(new Bare(Format.PNG, out.toByteArray(), width, height, 1), PIXELS_MAX);
    }

    // GIF: a screen, then extensions and pictures, of which the first is kept (GIF89a).

    private static Bare gif(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).position(10);
        int screen = Byte.toUnsignedInt(in.get());
        in.position(13 + table(screen));
        var out = new ByteArrayOutputStream(file.length);
        out.write(file, 0, in.position());
        while (true) {
            int start = in.position();
            int kind = Byte.toUnsignedInt(in.get());
            if (kind == 0x21) {
                boolean ofPicture = Byte.toUnsignedInt(in.get()) == 0xF9;
                skipBlocks(in);
                if (ofPicture) {
                    out.write(file, start, in.position() - start);
                }
            } else if (kind == 0x2C) {
                int width = Short.toUnsignedInt(in.getShort(start + 5));
                int height = Short.toUnsignedInt(in.getShort(start + 7));
                in.position(start + 10 + table(in.get(start + 9)) + 1);
                skipBlocks(in);
                out.write(file, start, in.position() - start);
                out.write(0x3B);
                return checked(
                        new Bare(Format.GIF, out.toByteArray(), width, height, 1),
                        PIXELS_IN_PASSES_MAX);
            } else {
                throw Unreadable.broken("no block where one belongs");
            }
        }
    }

    /// The bytes of a table of colours, by the flags that tell of it.
    private static int table(int flags) {
        return (flags & 0x80) == 0 ? 0 : 3 << ((flags & 7) + 1);
    }

    private static void skipBlocks(ByteBuffer in) {
        for (int length = Byte.toUnsignedInt(in.get());
                length > 0;
                length = Byte.toUnsignedInt(in.get())) {
            in.position(in.position() + length);
        }
    }
}
