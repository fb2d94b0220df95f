package org.chancery.tlog.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;
import org.chancery.tlog.note.SignatureLine;

/// What a witness answers, and how that reads in HTTP.
public sealed interface WitnessAnswer {
    /// The status that the protocol gives the answer.
    int status();

    /// The body; without one, none is due.
    default byte[] body() {
        return new byte[0];
    }

    default Optional<String> contentType() {
        return Optional.empty();
    }

    /// The checkpoint continues what this witness knew; here is its signature.
    record Cosigned(SignatureLine line) implements WitnessAnswer {
        @Override
        public int status() {
            return 200;
        }

        @Override
        public byte[] body() {
            return (line + "\n").getBytes(UTF_8);
        }

        @Override
        public Optional<String> contentType() {
            return Optional.of("text/plain; charset=utf-8");
        }
    }

    /// The request is none, or its old size is beyond its checkpoint.
    record Malformed(String reason) implements WitnessAnswer {
        @Override
        public int status() {
            return 400;
        }
    }

    /// No known key of that origin has signed, or a signature does not hold.
    record NotSigned() implements WitnessAnswer {
        @Override
        public int status() {
            return 403;
        }
    }

    /// A log that this witness was not told of.
    record UnknownLog() implements WitnessAnswer {
        @Override
        public int status() {
            return 404;
        }
    }

    /// The proof begins elsewhere than at the tree that this witness last cosigned.
    record OtherSize(long latest) implements WitnessAnswer {
        /// The content type that tells a client that the body is a size.
        public static final String CONTENT_TYPE = "text/x.tlog.size";

        @Override
        public int status() {
            return 409;
        }

        @Override
        public byte[] body() {
            return (latest + "\n").getBytes(UTF_8);
        }

        @Override
        public Optional<String> contentType() {
            return Optional.of(CONTENT_TYPE);
        }
    }

    /// The tree does not continue the one that this witness cosigned: the log may have forked.
    record Inconsistent() implements WitnessAnswer {
        @Override
        public int status() {
            return 422;
        }
    }
}
