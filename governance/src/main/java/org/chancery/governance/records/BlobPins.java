package org.chancery.governance.records;

import java.util.List;
import org.chancery.homeserver.events.RoomRef;
import org.chancery.homeserver.kernel.Tx;
import org.chancery.homeserver.media.MediaFile;

/// The table of files that are, or may be, attachments of a record room. Their bytes stay where the
/// media store has them, named by their hash.
public interface BlobPins {
    /// A file and why it is kept with the room.
    ///
    /// @param ordinal counts the pins of all rooms, for paging
    /// @param event the position of the event for whose sake it was pinned
    /// @param linked whether a client said that it belongs to that event
    record Pin(long ordinal, String media, String blob, long length, long event, boolean linked) {}

    /// Pins a file to a room, unless it is; a link takes the place of an inference.
    void put(Tx tx, RoomRef room, MediaFile file, long event, boolean linked);

    /// The pins of a room with ordinals beyond `after`, in order.
    List<Pin> read(RoomRef room, long after, int limit);
}
