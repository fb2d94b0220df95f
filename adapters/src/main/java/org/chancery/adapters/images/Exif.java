package org.chancery.adapters.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// The one thing that matters of what cameras write into a picture: how they were held.
final class Exif {
    private static final String HEADER = "Exif\0\0";
    private static final int ORIENTATION = 0x0112;
    private static final int ENTRIES_MAX = 256;
    private static final int ENTRY_BYTES = 12;

    private Exif() {}

    /// The orientation that a segment states, from 1 to 8.
    ///
    /// @param otherwise what holds if it states none that makes sense
    static int orientation(ByteBuffer segment, int otherwise) {
        try {
            var header = new byte[HEADER.length()];
            segment.get(0, header);
            if (!HEADER.equals(new String(header, ISO_8859_1))) {
                return otherwise;
            }
            int stated = inTiff(segment.slice(6, segment.limit() - 6));
            return stated >= 1 && stated <= 8 ? stated : otherwise;
        } catch (BufferUnderflowException | IndexOutOfBoundsException cutOff) {
            return otherwise; // Whatever it was, the picture can still be drawn.
        }
    }

    private static int inTiff(ByteBuffer tiff) {
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = Math.min(Short.toUnsignedInt(tiff.getShort(directory)), ENTRIES_MAX);
        for (int i = 0; i < entries; i++) {
            int entry = directory + 2 + i * ENTRY_BYTES;
            if (Short.toUnsignedInt(tiff.getShort(entry)) == ORIENTATION) {
                return Short.toUnsignedInt(tiff.getShort(entry + 8));
            }
        }
        return 0;
    }
}
