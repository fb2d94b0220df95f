package org.chancery.governance.records;

import java.util.Locale;
import java.util.OptionalLong;

/// A Megolm session of a record room and what is known of whether the archive has its key, without
/// any opening: necessary for it to be readable, not sufficient.
///
/// @param sender who sends in it, and with which device, as the event says
/// @param id of the session
/// @param first the id of its first event, and the number that stands in it
/// @param covered the first number that is presumed covered: an Olm message of that device came
///     before the event with it; empty where none did
/// @param olm the id of that message; 0 where there is none
public record Session(
        LetterStore.Sender sender, String id, First first, OptionalLong covered, long olm) {
    /// How a session began.
    ///
    /// @param piece the id of its first event
    /// @param index the number in it, 0 where the archive saw the session from its beginning
    /// @param at when, as the event says
    public record First(long piece, long index, long at) {}

    /// What is known of the session's key.
    public enum State {
        /// From a number on.
        PRESUMED,
        /// The client says that it keeps the key back.
        WITHHELD,
        UNKNOWN;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /// Whether the archive is presumed to have all that was said in it.
    public boolean isWhole() {
        return covered.isPresent() && covered.getAsLong() <= first.index();
    }

    Session coveredFrom(long index, long message) {
        return new Session(sender, id, first, OptionalLong.of(index), message);
    }
}
