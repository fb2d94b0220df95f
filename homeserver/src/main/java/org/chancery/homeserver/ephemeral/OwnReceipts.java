package org.chancery.homeserver.ephemeral;

import java.util.List;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.ReadCache;
import org.chancery.protocol.id.UserId;

/// Up to where a user has read a room: the user's receipts there, kept in memory until there is a
/// new one.
public final class OwnReceipts {
    private static final int KEPT_MAX = 200_000;

    private record Key(UserId user, long room) {}

    private final ReceiptStore store;
    private final ReadCache<Key, List<Receipt>> kept = ReadCache.ofSize(KEPT_MAX);

    public OwnReceipts(ReceiptStore store) {
        this.store = store;
    }

    /// The user's receipts in the room, of all types and threads.
    public List<Receipt> of(RoomRef room, UserId user) {
        return kept.get(new Key(user, room.number()), () -> List.copyOf(store.of(room, user)));
    }

    /// There is a new one, durably.
    void forget(RoomRef room, UserId user) {
        kept.forget(new Key(user, room.number()));
    }
}
