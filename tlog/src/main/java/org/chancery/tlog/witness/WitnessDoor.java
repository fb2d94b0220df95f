package org.chancery.tlog.witness;

/// The way to one witness: posts the body to its `add-checkpoint` and brings back what it says.
/// Faults of the network are [java.io.UncheckedIOException].
@FunctionalInterface
public interface WitnessDoor {
    Reply addCheckpoint(byte[] body);

    /// The answer as it came, its body bounded by who fetched it.
    final class Reply {
        private final int status;
        private final String contentType;
        private final byte[] body;

        public Reply(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = contentType;
            this.body = body.clone();
        }

        public int status() {
            return status;
        }

        public String contentType() {
            return contentType;
        }

        public byte[] body() {
            return body.clone();
        }
    }
}
