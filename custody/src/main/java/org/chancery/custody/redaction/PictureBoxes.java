package org.chancery.custody.redaction;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import org.chancery.archive.stock.MalformedArchive;

/// Paints boxes over a picture and writes it anew, pixel by pixel, as a PNG: nothing of the first
/// file is left, no metadata and no thumbnail inside.
final class PictureBoxes {
    private static final long PIXELS_MAX = 100_000_000;

    private PictureBoxes() {}

    static byte[] burn(byte[] picture, List<Redactions.Box> boxes) throws IOException {
        BufferedImage read = read(picture);
        BufferedImage fresh =
                new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
        Graphics2D brush = fresh.createGraphics();
        try {
            brush.setColor(Color.WHITE);
            brush.fillRect(0, 0, fresh.getWidth(), fresh.getHeight());
            brush.drawImage(read, 0, 0, null);
            brush.setColor(Color.BLACK);
            for (Redactions.Box box : boxes) {
                brush.fillRect(box.x(), box.y(), box.width(), box.height());
            }
        } finally {
            brush.dispose();
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.setUseCache(false);
        ImageIO.write(fresh, "png", out);
        return out.toByteArray();
    }

    private static BufferedImage read(byte[] picture) throws IOException {
        ImageIO.setUseCache(false);
        try (ImageInputStream in =
                ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            var readers = ImageIO.getImageReaders(in);
            if (!readers.hasNext()) {
                throw new MalformedArchive("only pictures can be painted over; leave it out");
            }
            ImageReader reader = readers.next();
            try {
                reader.setInput(in);
                if ((long) reader.getWidth(0) * reader.getHeight(0) > PIXELS_MAX) {
                    throw new MalformedArchive("the picture is too large");
                }
                return reader.read(0);
            } finally {
                reader.dispose();
            }
        }
    }
}
