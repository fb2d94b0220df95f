package org.chancery.governance.rooms;

import java.time.Instant;
import org.chancery.archive.stock.Quarter;
import org.chancery.archive.stock.Slot;
import org.chancery.archive.stock.StockId;
import org.chancery.protocol.id.DeviceId;
import org.chancery.protocol.id.RoomId;
import org.chancery.protocol.id.UserId;

/// A record room and who keeps its talk.
///
/// @param archive its archive user: the identity of that number of the stock, bound to it for good
/// @param device the archive user's device that is published now, the only one
/// @param slot what that device was made for
/// @param period the quarter for which it was published
/// @param ends the last quarter for which the identity has a device of its own; only spares come
///     after
public record RecordRoom(
        RoomId room,
        RoomClass roomClass,
        UserId archive,
        StockId stock,
        int number,
        DeviceId device,
        Slot slot,
        Quarter period,
        Quarter ends,
        Instant madeAt) {

    RecordRoom with(DeviceId next, Slot nextSlot, Quarter nextPeriod) {
        return new RecordRoom(
                room, roomClass, archive, stock, number, next, nextSlot, nextPeriod, ends, madeAt);
    }
}
