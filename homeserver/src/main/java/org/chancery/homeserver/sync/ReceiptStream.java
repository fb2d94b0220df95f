package org.chancery.homeserver.sync;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.chancery.homeserver.ephemeral.Receipt;
import org.chancery.homeserver.ephemeral.ReceiptStore;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Stream;
import org.chancery.protocol.id.RoomId;

/// The receipts given in a room, private ones to their own user only (client-server API,
/// "Receipts"): all of a room that is new to the client, then what is new.
final class ReceiptStream {
    private final ReceiptStore store;

    ReceiptStream(ReceiptStore store) {
        this.store = store;
    }

    /// The numbers of those of the rooms that have new receipts.
    Set<Long> touched(Span span, Collection<RoomRef> joined) {
        Optional<Set<RoomId>> known = span.rooms(Stream.RECEIPTS);
        Set<Long> touched = new HashSet<>();
        for (RoomRef room : joined) {
            if (known.isEmpty() || known.get().contains(room.id())) {
                touched.add(room.number());
            }
        }
        return known.isPresent() || touched.isEmpty()
                ? touched
                : store.withReceipts(touched, span.after(), span.position());
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
