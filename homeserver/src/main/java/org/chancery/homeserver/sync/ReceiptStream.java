package org.chancery.homeserver.sync;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.ReceiptStore;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.homeserver.sync.UserRooms.Standing;
import org.chancery.protocol.id.RoomId;

/// The receipts given in a room, private ones to their own user only (client-server API,
/// "Receipts"): all of a room that is new to the client, then what is new.
final class ReceiptStream {
    private final ReceiptStore store;
    private final UserRooms rooms;

    ReceiptStream(ReceiptStore store, UserRooms rooms) {
        this.store = store;
        this.rooms = rooms;
    }

    /// The numbers of those of the rooms that have new receipts.
    Set<Long> touched(Span span, Standing standing) {
        Optional<Set<RoomId>> known = span.rooms(Stream.RECEIPTS);
        return known.isPresent()
                ? rooms.joined(standing, known.get())
                : store.withReceipts(standing.joined(), span.after(), span.position());
    }

    /// The receipts to tell.
    ///
    /// @param touched see [#touched]
    List<Receipt> of(Span span, Stay stay, Set<Long> touched) {
        if ((!stay.isNew() && !touched.contains(stay.room().number()))
                || !span.filter().room().ephemeral().acceptsType("m.receipt")) {
            return List.of();
        }
        return store.between(stay.room(), stay.after(), span.position()).stream()
                .filter(receipt -> !receipt.isPrivate() || receipt.user().equals(span.user()))
                .toList();
    }
}
