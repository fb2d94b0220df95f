package org.chancery.governance.records;

import java.util.List;
import java.util.Optional;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;

/// The table of the leaves of record rooms, as they were handed to the log.
public interface RoomLeafStore {
    /// How far a leaf reaches.
    ///
    /// @param number which leaf of the room, from 0
    /// @param events the id of the last event that it or one before it commits to
    /// @param inbox the same of what came for the archive's devices
    record Reach(long number, long events, long inbox) {}

    /// A leaf as it was handed to the log.
    final class Made {
        private final Reach reach;
        private final byte[] ends;
        private final byte[] bytes;

        /// @param ends the room's graph behind it, see [RoomEnds]
        public Made(Reach reach, byte[] ends, byte[] bytes) {
            this.reach = reach;
            this.ends = ends;
            this.bytes = bytes;
        }

        public Reach reach() {
            return reach;
        }

        public long number() {
            return reach.number();
        }

        public byte[] ends() {
            return ends;
        }

        public byte[] bytes() {
            return bytes;
        }
    }

    Optional<Made> last(RoomRef room);

    Optional<Made> last(Tx tx, RoomRef room);

    void insert(Tx tx, RoomRef room, Made leaf);

    /// Leaves of a room from number `from` on.
    List<Made> read(RoomRef room, long from, int limit);
}
