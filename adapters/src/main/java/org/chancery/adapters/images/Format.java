package org.chancery.adapters.images;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Optional;

/// The formats that are read, told by the first bytes of a file.
enum Format {
    JPEG("jpeg", "image/jpeg", "\u00FF\u00D8\u00FF"),
    PNG("png", "image/png", "\u0089PNG\r\n\u001A\n"),
    GIF("gif", "image/gif", "GIF8");

    private final String name;
    private final String contentType;
    private final String magic;

    Format(String name, String contentType, String magic) {
        this.name = name;
        this.contentType = contentType;
        this.magic = magic;
    }

    /// As the JDK names its readers.
    String readerName() {
        return name;
    }

    String contentType() {
        return contentType;
    }

    static Optional<Format> of(byte[] beginning) {
        for (Format format : values()) {
            if (format.begins(beginning)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    private boolean begins(byte[] bytes) {
        return bytes.length >= magic.length()
                && new String(bytes, 0, magic.length(), ISO_8859_1).equals(magic);
    }
}
