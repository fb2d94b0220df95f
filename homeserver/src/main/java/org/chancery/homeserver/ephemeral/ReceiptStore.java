package org.chancery.homeserver.ephemeral;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.protocol.id.UserId;

/// The durable receipts: the last of each user, type and thread in a room.
public interface ReceiptStore {

    /// Writes a receipt in place of the one before it.
    void put(Tx tx, RoomRef room, Receipt receipt);

    /// The receipt in force, as the open transaction sees it.
    Optional<Receipt> get(Tx tx, RoomRef room, UserId user, String type, Optional<String> thread);

    /// The receipts of a room given within `(after, upTo]`, in order.
    List<Receipt> between(RoomRef room, long after, long upTo);

    /// The receipts of one user in a room.
    List<Receipt> of(RoomRef room, UserId user);

    /// Those of the rooms, by number, in which receipts were given within `(after, upTo]`.
    Set<Long> withReceipts(Collection<Long> rooms, long after, long upTo);
}
