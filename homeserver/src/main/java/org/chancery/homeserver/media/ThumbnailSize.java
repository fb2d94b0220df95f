package org.chancery.homeserver.media;

import java.util.List;
import java.util.Optional;

/// A size in which pictures are made smaller. There are few, so that nobody fills the disk by
/// asking
/// for every size that there could be (client-server API, "Thumbnails").
///
/// @param width of the box, in pixels
/// @param height of the box, in pixels
public record ThumbnailSize(int width, int height, Method method) {
    private static final int AXIS_MAX = 1 << 20;

    /// What is done with a picture of another shape than the box.
    public enum Method {
        /// The whole of it, within the box.
        SCALE("scale"),
        /// The middle of it, in the shape of the box.
        CROP("crop");

        private final String text;

        Method(String text) {
            this.text = text;
        }

        /// As the specification writes it.
        public String text() {
            return text;
        }

        /// The method of that name.
        public static Optional<Method> of(String text) {
            return List.of(values()).stream().filter(it -> it.text.equals(text)).findFirst();
        }
    }

    private record Box(int width, int height) {}

    /// Those that the specification names, upright and square ones too; the smallest first.
    private static final List<Box> BOXES =
            List.of(
                    new Box(32, 32),
                    new Box(96, 96),
                    new Box(320, 240),
                    new Box(240, 320),
                    new Box(320, 320),
                    new Box(640, 480),
                    new Box(480, 640),
                    new Box(640, 640),
                    new Box(800, 600),
                    new Box(600, 800),
                    new Box(800, 800));

    /// The smallest size that is not smaller than what the client wishes; empty where only the
    /// original will do.
    public static Optional<ThumbnailSize> covering(long width, long height, Method method) {
        return BOXES.stream()
                .filter(box -> box.width >= width && box.height >= height)
                .findFirst()
                .map(box -> new ThumbnailSize(box.width, box.height, method));
    }

    /// Whether a picture is as small as this already.
    public boolean holds(int pictureWidth, int pictureHeight) {
        return pictureWidth <= width && pictureHeight <= height;
    }

    /// The size of what is made of a picture. It is never larger than the picture.
    public ThumbnailSize of(int pictureWidth, int pictureHeight) {
        if (method == Method.CROP) {
            return new ThumbnailSize(
                    Math.min(width, pictureWidth), Math.min(height, pictureHeight), method);
        }
        double ratio =
                Math.min(
                        1,
                        Math.min(width / (double) pictureWidth, height / (double) pictureHeight));
        return new ThumbnailSize(
                atLeastOne(pictureWidth * ratio), atLeastOne(pictureHeight * ratio), method);
    }

    private static int atLeastOne(double length) {
        return Math.clamp(Math.round(length), 1, AXIS_MAX);
    }
}
