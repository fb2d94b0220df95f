package org.chancery.governance.rooms;

import java.time.Instant;
import java.util.Optional;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Slot;
import org.chancery.protocol.id.DeviceId;

/// From when to when a device of an archive user was published. Messages may come to it for ever
/// after.
///
/// @param period the quarter for which it was published
/// @param position where in the one sequence it was published, after all messages of its forerunner
/// @param until empty while it is published
public record DeviceTerm(
        DeviceId device,
        Slot slot,
        Quarter period,
        Cause cause,
        long position,
        Instant from,
        Optional<Instant> until) {

    /// Why a device took the place of another.
    public enum Cause {
        /// The room was made.
        MAKING("making"),
        /// A quarter began.
        PERIOD("period"),
        /// A case opens what the device before it read.
        OPENING("opening"),
        /// Somebody may have the private half of the one before it.
        EXPOSURE("exposure");

        private final String word;

        Cause(String word) {
            this.word = word;
        }

        /// The cause of that word.
        public static Cause of(String word) {
            for (Cause cause : values()) {
                if (cause.word.equals(word)) {
                    return cause;
                }
            }
            throw new IllegalArgumentException("no cause of a rotation: " + word);
        }

        @Override
        public String toString() {
            return word;
        }
    }
}
