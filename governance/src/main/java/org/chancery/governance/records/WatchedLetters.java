package org.chancery.governance.records;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLongArray;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;

/// The table of letters, and in memory whether a device may have sent any lately: who waits for the
/// key of a session need not ask the table at each event.
public final class WatchedLetters implements LetterStore {
    private static final int STRIPES = 1 << 14;

    private final LetterStore letters;

    /// The last id of each stripe since the start. Devices that share a stripe cost a question.
    private final AtomicLongArray latest = new AtomicLongArray(STRIPES);

    /// Over the table; whoever writes a letter does it here.
    public WatchedLetters(LetterStore letters) {
        this.letters = letters;
    }

    /// No letter of that device since the start has an id beyond this. Ids are in the order of
    /// commits: who has read an event knows all letters with lesser ids from the table.
    long latest(RoomRef room, Sender sender) {
        return latest.get(stripe(room, sender));
    }

    private static int stripe(RoomRef room, Sender sender) {
        int hash = 31 * sender.hashCode() + Long.hashCode(room.number());
        return (hash ^ (hash >>> 16)) & (STRIPES - 1);
    }

    @Override
    public void insert(Tx tx, Place place, Sender sender, Letter letter) {
        latest.accumulateAndGet(stripe(place.room(), sender), place.id(), Math::max);
        letters.insert(tx, place, sender, letter);
    }

    @Override
    public int countAt(Tx tx, long position) {
        return letters.countAt(tx, position);
    }

    @Override
    public Optional<Mark> lastOlm(RoomRef room, Sender sender, long before) {
        return letters.lastOlm(room, sender, before);
    }

    @Override
    public Optional<String> withheld(RoomRef room, Sender sender, String session) {
        return letters.withheld(room, sender, session);
    }
}
