package org.chancery.homeserver.events;

import org.chancery.homeserver.kernel.Tx;

/// Who must keep what was said in some rooms, and reads the log only later. Its rooms' events wait
/// for it in memory ([SignedLog]), and it is told in the same transaction that an event is about to
/// lose its content, while [EventStore#json] still has it.
public interface Keeper {
    /// Keeps nothing.
    Keeper NONE =
            new Keeper() {
                @Override
                public boolean keeps(RoomRef room) {
                    return false;
                }

                @Override
                public void redacting(Tx tx, RoomRef room, long target) {
                    // It has nothing that could be lost.
                }
            };

    /// Whether it keeps what is said in that room: the same from the room's first event on.
    boolean keeps(RoomRef room);

    /// Runs on the committer; must not throw or wait. Told of every room.
    ///
    /// @param target the position of the event
    void redacting(Tx tx, RoomRef room, long target);
}
