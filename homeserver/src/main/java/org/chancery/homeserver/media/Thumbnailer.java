package org.chancery.homeserver.media;

import java.util.Optional;

/// Makes small pictures of large ones. What it is handed was uploaded by anybody, and may be made
/// to do harm.
public interface Thumbnailer {

    /// So many of its first bytes tell what a file is.
    int TELLING_BYTES = 16;

    /// The media type of a picture that it can read, told by its first bytes and not by what the
    /// uploader says; empty for everything else.
    Optional<String> typeOf(byte[] beginning);

    /// Makes it smaller.
    ///
    /// @return empty where the original is as small already
    /// @throws Unreadable if it is no picture, or costs too much
    Optional<Picture> shrink(byte[] original, ThumbnailSize size);

    /// A picture that was made.
    final class Picture {
        private final String contentType;
        private final byte[] bytes;

        public Picture(String contentType, byte[] bytes) {
            this.contentType = contentType;
            this.bytes = bytes;
        }

        public String contentType() {
            return contentType;
        }

        /// They must not change any more.
        public byte[] bytes() {
            return bytes;
        }
    }

    /// A file of which no thumbnail can be made.
    final class Unreadable extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final boolean tooLarge;

        private Unreadable(String why, boolean tooLarge) {
            super(why, null, false, false);
            this.tooLarge = tooLarge;
        }

        public static Unreadable broken(String why) {
            return new Unreadable(why, false);
        }

        public static Unreadable tooLarge(String why) {
            return new Unreadable(why, true);
        }

        public boolean isTooLarge() {
            return tooLarge;
        }
    }
}
