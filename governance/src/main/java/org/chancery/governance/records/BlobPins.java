package org.chancery.governance.records;

import java.util.List;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.media.MediaFile;

/// The table of files that are, or may be, attachments of a record room. Their bytes stay where the
/// media store has them, named by their hash.
public interface BlobPins {
    /// The event of a pin that somebody has linked, as that comes before the event.
    long NO_EVENT = 0;

    /// A file and why it is kept with the room.
    ///
    /// @param ordinal counts the pins of all rooms, for paging
    /// @param event the position of the event from which it was inferred
    /// @param linked whether its uploader said that it belongs to the room
    record Pin(long ordinal, String media, String blob, long length, long event, boolean linked) {}

    /// Pins a file to a room for the sake of an event, unless it is pinned there or linked to any.
    void infer(Tx tx, RoomRef room, MediaFile file, long event);

    /// Pins a file to a room as its uploader says; takes the place of an inference.
    void link(Tx tx, RoomRef room, MediaFile file);

    /// To how many rooms but `room` the file is linked.
    long links(Tx tx, MediaFile file, RoomRef room);

    /// Takes back what was inferred of a file, for whichever rooms.
    void deleteInferred(Tx tx, MediaFile file);

    /// The pins of a room with ordinals beyond `after`, in order.
    List<Pin> read(RoomRef room, long after, int limit);
}
