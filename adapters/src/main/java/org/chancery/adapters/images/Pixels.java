package org.chancery.adapters.images;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.util.Arrays;

/// A picture as rows of pixels, each alpha, red, green and blue in a byte.
final class Pixels {
    private final int width;
    private final int height;
    private final int[] argb;

    private Pixels(int width, int height, int[] argb) {
        this.width = width;
        this.height = height;
        this.argb = argb;
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int[] argb() {
        return argb;
    }

    boolean isOpaque() {
        for (int pixel : argb) {
            if (pixel >>> 24 != 0xFF) {
                return false;
            }
        }
        return true;
    }

    /// The pixels of an image, turned as it is to be seen (Exif, tag 274).
    static Pixels of(BufferedImage image, int orientation) {
        int width = image.getWidth();
        int height = image.getHeight();
        boolean turned = orientation > 4;
        Pixels pixels =
                new Pixels(
                        turned ? height : width, turned ? width : height, new int[width * height]);
        var row = new int[width];
        for (int y = 0; y < height; y++) {
            read(image, y, row);
            for (int x = 0; x < width; x++) {
                pixels.argb[pixels.place(x, y, orientation)] = row[x];
            }
        }
        return pixels;
    }

    private static void read(BufferedImage image, int y, int[] row) {
        if (image.getColorModel().getColorSpace().getType() == ColorSpace.TYPE_GRAY) {
            readGray(image.getRaster(), y, row);
        } else {
            image.getRGB(0, y, row.length, 1, row, 0, row.length);
        }
    }

    /// The JDK takes grey for a linear measure of light, which it is in no picture, and would make
    /// it paler.
    private static void readGray(Raster raster, int y, int[] row) {
        int shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - 8);
        int scale = 255 / ((1 << Math.min(8, raster.getSampleModel().getSampleSize(0))) - 1);
        boolean hasAlpha = raster.getNumBands() > 1;
        for (int x = 0; x < row.length; x++) {
            int gray = (raster.getSample(x, y, 0) >> shift) * scale;
            int alpha = hasAlpha ? raster.getSample(x, y, 1) >> shift : 0xFF;
            row[x] = (alpha << 24) | (gray << 16) | (gray << 8) | gray;
        }
    }

    /// Where a pixel of the image as it is stored stands when it is seen.
    private int place(int x, int y, int orientation) {
        return switch (orientation) {
            case 2 -> at(width - 1 - x, y);
            case 3 -> at(width - 1 - x, height - 1 - y);
            case 4 -> at(x, height - 1 - y);
            case 5 -> at(y, x);
            case 6 -> at(width - 1 - y, x);
            case 7 -> at(width - 1 - y, height - 1 - x);
            case 8 -> at(y, height - 1 - x);
            default -> at(x, y);
        };
    }

    private int at(int x, int y) {
        return y * width + x;
    }

    /// The picture in another size, not larger, each new pixel the mean of what it covers.
    Pixels shrunk(int newWidth, int newHeight) {
        var sums = new float[newHeight][newWidth * 4];
        var line = new float[newWidth * 4];
        double ratio = (double) newHeight / height;
        for (int y = 0; y < height; y++) {
            shrinkRow(y, line, newWidth);
            double top = y * ratio;
            double bottom = (y + 1) * ratio;
            for (int to = (int) top; to < newHeight && to < bottom; to++) {
                float share = (float) (Math.min(bottom, to + 1) - Math.max(top, to));
                for (int i = 0; i < line.length; i++) {
                    sums[to][i] += share * line[i];
                }
            }
        }
        var shrunk = new int[newWidth * newHeight];
        for (int y = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++) {
                shrunk[y * newWidth + x] = pixel(sums[y], x * 4);
            }
        }
        return new Pixels(newWidth, newHeight, shrunk);
    }

    /// One row; what is transparent has no part in the mean of the colours.
    private void shrinkRow(int y, float[] line, int newWidth) {
        Arrays.fill(line, 0);
        double ratio = (double) newWidth / width;
        for (int x = 0; x < width; x++) {
            int pixel = argb[at(x, y)];
            float alpha = pixel >>> 24;
            double left = x * ratio;
            double right = (x + 1) * ratio;
            for (int to = (int) left; to < newWidth && to < right; to++) {
                float share = (float) (Math.min(right, to + 1) - Math.max(left, to));
                float part = share * alpha;
                line[to * 4] += part;
                line[to * 4 + 1] += part * ((pixel >> 16) & 0xFF);
                line[to * 4 + 2] += part * ((pixel >> 8) & 0xFF);
                line[to * 4 + 3] += part * (pixel & 0xFF);
            }
        }
    }

    private static int pixel(float[] sums, int at) {
        float alpha = sums[at];
        if (alpha < 0.5f) {
            return 0;
        }
        return (rounded(alpha) << 24)
                | (rounded(sums[at + 1] / alpha) << 16)
                | (rounded(sums[at + 2] / alpha) << 8)
                | rounded(sums[at + 3] / alpha);
    }

    private static int rounded(float value) {
        return Math.clamp(Math.round(value), 0, 255);
    }
}
